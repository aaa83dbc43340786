"""An old diary becomes bookings, once, and takes nobody's time."""

import time
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.booking.models import Booking, DiaryEntry, Occurrence, OccurrenceState
from app.booking.queries.bookings import list_bookings
from app.booking.rules.diary import Entry, read_diary
from app.booking.services.diary.bring_in import foresee_diary, import_diary
from app.booking.services.diary.plan import Foreseen
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.event_log import EventRecord
from app.extensions import db
from app.inventory.models import AcquisitionKind
from app.inventory.rules.importing.sheet import read_sheet
from app.inventory.services.units import add_unit
from app.notifications.models import Mail
from app.occupancy.errors import SlotTaken
from app.occupancy.models import Claim
from tests.booking.making import ask
from tests.cast import NOW, Cast
from tests.databases import both_databases

LAST_WEEK, NEXT_WEEK = date(2026, 11, 15), date(2026, 11, 29)
HEADER = "equipment,date,time,company,quantity,email,purpose,samples"


def diary(*lines: str) -> list[Entry]:
    entries, problems = read_diary(read_sheet("\n".join((HEADER, *lines)).encode()))
    assert not problems
    return entries


def bring(cast: Cast, *lines: str, actor: User | None = None, **more: int) -> Foreseen:
    return import_diary(actor=actor or cast.manager, lab_id=cast.materials.id, entries=diary(*lines), **more)


def many(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@both_databases
def test_what_was_is_completed_and_what_is_ahead_approved(cast: Cast) -> None:
    done = bring(
        cast,
        f"Raman spectrometer,{LAST_WEEK},8-10,Arta Polymer,1,booker@example.com,Batch 7,",
        f"LabRAM,{NEXT_WEEK},22-02,آرتا پلیمر,,,,3",
        f"Soldering station,{NEXT_WEEK},8-10,,4,,,",
    )
    assert (len(done.planned), done.known, done.problems) == (3, 0, ())
    first, second, third = db.session.scalars(select(Booking).order_by(Booking.id))
    assert [one.occurrences[0].state for one in (first, second, third)] == [
        OccurrenceState.COMPLETED,
        OccurrenceState.APPROVED,
        OccurrenceState.APPROVED,
    ]
    assert (first.organisation, first.requester, first.purpose) == (cast.arta, cast.booker, "Batch 7")
    assert (second.organisation, second.requester) == (cast.arta, cast.manager)
    assert (second.mode, second.samples and second.samples["count"]) == ("samples", 3)
    assert third.organisation == cast.university
    assert many(Claim) == 3
    assert many(Mail) == 0
    told = db.session.scalars(select(EventRecord.name).where(EventRecord.subject_kind == "occurrence")).all()
    assert told == ["BookingEntered"] * 3
    assert first in list_bookings(cast.booker)
    with pytest.raises(SlotTaken):
        ask(cast.rival, cast.stations, start=24 * 6)
    assert list(findings()) == []


@both_databases
def test_the_same_diary_again_changes_nothing(cast: Cast) -> None:
    lines = [f"Raman spectrometer,{LAST_WEEK + timedelta(days=n)},8-10,,,,," for n in range(3)]
    bring(cast, *lines[:2])
    again = bring(cast, *lines)
    assert (len(again.planned), again.known) == (1, 2)
    assert (many(Booking), many(DiaryEntry)) == (3, 3)
    other = import_diary(actor=cast.other_manager, lab_id=cast.electronics.id, entries=diary(*lines))
    assert {one.code for one in other.problems} == {"no-such-equipment"}
    assert list(findings()) == []


@both_databases
def test_time_that_somebody_has_stays_theirs(cast: Cast) -> None:
    booking = ask(cast.rival, cast.raman, start=24 * 6)  # the Sunday after, from half past eight
    found = bring(
        cast,
        f"Raman spectrometer,{NEXT_WEEK},9-11,,,,,",
        f"Raman spectrometer,{NEXT_WEEK},11-12,,,,,",
        f"Raman spectrometer,{NEXT_WEEK},11:30-13,,,,,",
        f"Soldering station,{NEXT_WEEK},9-11,,3,,,",
        f"Soldering station,{NEXT_WEEK},10-12,,2,,,",
    )
    assert [one.entry.line for one in found.planned] == [3, 5]
    assert [(one.line, one.code, one.params["cell"]) for one in found.problems] == [
        (2, "taken", booking.reference),
        (4, "taken", "3"),
        (6, "taken", "5"),
    ]
    assert list(findings()) == []


def test_what_is_not_known_here_is_left_out_and_named(cast: Cast) -> None:
    lines = [
        f"Oscilloscope,{LAST_WEEK},8-10,,,,,",
        f"Soldering station,{LAST_WEEK},8-10,,5,,,",
        f"Raman spectrometer,{LAST_WEEK},8-10,Unknown Ltd,,,,",
        f"Raman spectrometer,{LAST_WEEK},8-10,Newcomer Alloys,,,,",
        f"Raman spectrometer,{LAST_WEEK},8-10,,,nobody@example.com,,",
    ]
    found = foresee_diary(actor=cast.manager, lab_id=cast.materials.id, entries=diary(*lines))
    assert [one.code for one in found.problems] == [
        "no-such-equipment",
        "too-many-of-it",
        "no-such-company",
        "no-such-company",
        "no-such-person",
    ]
    assert many(Booking) == 0
    instead = bring(cast, *lines[2:4], instead_id=cast.foundation.id)
    assert [one.organisation_id for one in instead.planned] == [cast.foundation.id]
    assert [one.code for one in instead.problems] == ["taken"]


def test_a_unit_that_is_nowhere_free_throughout_leaves_the_line_out(cast: Cast) -> None:
    """Two stations of four in the morning and the other two at noon: nobody has two for all day."""
    morning, noon = (f"Soldering station,{NEXT_WEEK},{hours},,2,,," for hours in ("8-12", "12-16"))
    bring(cast, morning, noon)
    found = bring(cast, f"Soldering station,{NEXT_WEEK},8-16,,2,,,")
    assert len(found.planned) + len(found.problems) == 1
    assert list(findings()) == []


def test_who_does_not_manage_the_lab_brings_in_nothing(cast: Cast) -> None:
    line = f"Raman spectrometer,{LAST_WEEK},8-10,,,,,"
    for stranger in (cast.other_manager, cast.technician, cast.booker, cast.liaison):
        with pytest.raises(Forbidden):
            bring(cast, line, actor=stranger)
    with pytest.raises(NotFound):
        import_diary(actor=cast.admin, lab_id=999_999, entries=diary(line))
    with pytest.raises(InvalidInput):
        bring(cast, line, instead_id=999_999)
    assert many(Occurrence) == 0


@pytest.mark.long
@both_databases
def test_two_thousand_lines_come_in_within_seconds(cast: Cast) -> None:
    """A year of one instrument, five times a day, and a hundred hours ahead."""
    days = [LAST_WEEK - timedelta(days=n) for n in range(380)]
    lines = [
        f"Raman spectrometer,{day},{h}-{h + 2},Arta Polymer,,,," for day in days for h in range(8, 18, 2)
    ]
    lines += [f"Soldering station,{NEXT_WEEK + timedelta(days=n)},8-9,,2,,," for n in range(100)]
    entries, begun = diary(*lines), time.process_time()
    done = import_diary(actor=cast.manager, lab_id=cast.materials.id, entries=entries)
    assert (len(done.planned), done.problems) == (2000, ())
    assert time.process_time() - begun < 20
    assert list(findings()) == []


@both_databases
def test_there_were_as_many_as_there_were_then(cast: Cast) -> None:
    """A fifth station since yesterday: of last week's there were four."""
    add_unit(actor=cast.manager, equipment_id=cast.stations.id, kind=AcquisitionKind.PURCHASE)
    db.session.commit()
    with clock.frozen(NOW + timedelta(days=1)):
        past, ahead = (f"Soldering station,{day},8-10,,5,,," for day in (LAST_WEEK, NEXT_WEEK))
        found = bring(cast, past, ahead)
    assert [one.entry.line for one in found.planned] == [3]
    assert [(one.line, one.code, one.params["most"]) for one in found.problems] == [(2, "too-many-of-it", 4)]
    assert list(findings()) == []
