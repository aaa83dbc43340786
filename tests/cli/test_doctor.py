"""The doctor finds nothing in a healthy database, and each corruption that is planted."""

from collections.abc import Callable
from contextvars import Context
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, text, update

from app.booking.models import Occurrence, OccurrenceItem, ServedMiss, WaitlistEntry
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking
from app.booking.services.wishes import wanted_of
from app.cli.doctor import CHECKS, bookings, findings
from app.core import append_only, clock
from app.demand.models import Miss, MissKind, MissReason
from app.demand.services import report_miss
from app.extensions import db
from app.inventory.models import Acquisition, Equipment, EquipmentStatus, Mode, Unit, UnitStatus
from app.occupancy.models import Claim, ClaimKind, ClaimUnit
from tests.booking.making import ask
from tests.booking.services.test_waitlist import wait
from tests.cast import NOW, Cast
from tests.core.test_files import located
from tests.databases import both_databases
from tests.inventory.test_attachments import added
from tests.occupancy.making import at, span
from tests.pdf import document
from tests.visitor import Visitor


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """A few bookings in different states; one makes up for what was missed the day before."""
    with clock.frozen(NOW - timedelta(days=1)):
        report_miss(
            actor=cast.booker,
            wanted=wanted_of(minutes=60, quantity=1, window=span(0, 2), equipment=cast.stations),
            reason=MissReason.NONE_FREE,
        )
    ask(cast.booker, (cast.stations, 2))
    approve_booking(actor=cast.manager, reference=ask(cast.booker, cast.raman).reference)
    cancel_booking(actor=cast.boss, reference=ask(cast.boss, cast.oscilloscope).reference)
    ask(cast.rival, cast.oscilloscope, start=3)
    freed = ask(cast.boss, cast.microscope, mode=Mode.OPERATOR)
    wait(cast.rival, cast.microscope, mode=Mode.OPERATOR)
    cancel_booking(actor=cast.boss, reference=freed.reference)
    return cast


@both_databases
def test_a_healthy_database_has_no_findings(app: Flask, busy: Cast) -> None:
    assert list(findings()) == []
    assert app.test_cli_runner().invoke(args=["doctor"]).exit_code == 0


def without_trigger(*statements: object) -> None:
    for name in ("claim_capacity", "claim_capacity_update"):
        db.session.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    for statement in statements:
        db.session.execute(statement)  # type: ignore[call-overload]


def double_booking(cast: Cast) -> None:
    claim = {"quantity": 1, "starts_at": at(1), "ends_at": at(2), "kind": ClaimKind.CLOSURE, "source_id": 0}
    without_trigger(insert(Claim).values(equipment_id=cast.raman.id, **claim))


def lost_claim(_cast: Cast) -> None:
    db.session.execute(delete(Claim))


def moved_claim(_cast: Cast) -> None:
    without_trigger(update(Claim).values(ends_at=at(9)))


def orphan_claim(cast: Cast) -> None:
    claim = {"quantity": 1, "starts_at": at(6), "ends_at": at(7), "kind": ClaimKind.BOOKING, "source_id": 999}
    db.session.execute(insert(Claim).values(equipment_id=cast.raman.id, **claim))


def silent_change_of_state(_cast: Cast) -> None:
    db.session.execute(update(Occurrence).where(Occurrence.state == "requested").values(state="in_use"))


def held_after_its_end(_cast: Cast) -> None:
    db.session.execute(update(Occurrence).where(Occurrence.state == "cancelled").values(holds=True))


def unit_twice(_cast: Cast) -> None:
    taken = db.session.scalars(select(ClaimUnit)).first()
    assert taken is not None
    other = db.session.scalars(select(Claim.id).where(Claim.id != taken.claim_id)).all()
    overlapping = [id_ for id_ in other if db.session.get(ClaimUnit, (id_, taken.unit_id)) is None]
    for id_ in overlapping:
        db.session.execute(insert(ClaimUnit).values(claim_id=id_, unit_id=taken.unit_id, is_fixed=False))


def capacity_without_units(cast: Cast) -> None:
    out = update(Unit).where(Unit.equipment_id == cast.stations.id).values(status=UnitStatus.RETIRED)
    db.session.execute(out)


def capacity_of_retired_equipment(cast: Cast) -> None:
    retired = update(Equipment).where(Equipment.id == cast.stations.id)
    db.session.execute(retired.values(status=EquipmentStatus.RETIRED))


def promised_and_retired(_cast: Cast) -> None:
    given = select(ClaimUnit.unit_id)
    db.session.execute(update(Unit).where(Unit.id.in_(given)).values(status=UnitStatus.RETIRED))


def no_origin(_cast: Cast) -> None:
    for statement in append_only.drop_statements("sqlite", "acquisition"):
        db.session.execute(text(statement))
    db.session.execute(delete(Acquisition))


def one_item_more(_cast: Cast) -> None:
    db.session.execute(update(OccurrenceItem).values(cleanup_minutes=30))


def shifted_booking(_cast: Cast) -> None:
    hour = timedelta(hours=1)
    for date in db.session.scalars(select(Occurrence)):
        date.starts_at, date.ends_at = date.starts_at + hour, date.ends_at + hour


def lost_hold(_cast: Cast) -> None:
    db.session.execute(delete(Claim).where(Claim.kind == ClaimKind.HOLD))


def held_for_nobody(cast: Cast) -> None:
    claim = {"quantity": 1, "starts_at": at(6), "ends_at": at(7), "kind": ClaimKind.HOLD, "source_id": 999}
    db.session.execute(insert(Claim).values(equipment_id=cast.raman.id, **claim))


def still_said_to_wait(_cast: Cast) -> None:
    db.session.execute(update(WaitlistEntry).values(state="waiting"))


def served_beyond_the_miss(_cast: Cast) -> None:
    db.session.execute(update(Miss).values(minutes=1))


def served_beyond_the_booking(_cast: Cast) -> None:
    db.session.execute(update(Miss).values(minutes=100_000))
    db.session.execute(update(ServedMiss).values(minutes=99_000))


def served_by_another_company(cast: Cast) -> None:
    db.session.execute(update(Miss).values(organisation_id=cast.rival_company.id))


def served_a_rule(_cast: Cast) -> None:
    db.session.execute(update(Miss).values(kind=MissKind.POLICY))


def left_and_never_came(_cast: Cast) -> None:
    date = db.session.scalars(select(Occurrence)).first()
    assert date is not None
    date.left_at = NOW


def samples_back_before_they_came(_cast: Cast) -> None:
    date = db.session.scalars(select(Occurrence)).first()
    assert date is not None
    date.booking.samples_returned_at = NOW


PLANTED = {
    left_and_never_came: "who came, who left and what was given back fit the state",
    samples_back_before_they_came: "samples are received before anything comes of them",
    double_booking: "nothing is claimed beyond capacity",
    lost_claim: "every date has the claims its state says",
    moved_claim: "every date has the claims its state says",
    orphan_claim: "every claim has its source",
    silent_change_of_state: "the last event of a date is its state",
    held_after_its_end: "every date has the claims its state says",
    unit_twice: "no unit is in two places",
    capacity_without_units: "capacity is at most what is in service",
    capacity_of_retired_equipment: "capacity is at most what is in service",
    promised_and_retired: "units given ahead are in service",
    no_origin: "every unit has one acquisition",
    one_item_more: "every date has the claims its state says",
    shifted_booking: "every date has the claims its state says",
    lost_hold: "what is held for who waits is claimed, and nothing else is",
    held_for_nobody: "what is held for who waits is claimed, and nothing else is",
    still_said_to_wait: "who waits has one time held, or none",
    served_beyond_the_miss: "misses are served within what was missed and booked",
    served_beyond_the_booking: "misses are served within what was missed and booked",
    served_by_another_company: "misses are served by their own organisation, and no rule is",
    served_a_rule: "misses are served by their own organisation, and no rule is",
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_each_planted_corruption_is_found(app: Flask, busy: Cast, plant: Callable[[Cast], None]) -> None:
    plant(busy)
    db.session.commit()
    assert PLANTED[plant] in {name for name, _ in findings()}
    result = app.test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 1
    assert "BROKEN" in result.output


def test_a_missing_trigger_is_found(busy: Cast) -> None:
    without_trigger()
    db.session.commit()
    assert ("triggers are in place") in {name for name, _ in findings()}
    assert len(CHECKS) == len({name for name, _ in CHECKS})


@both_databases
def test_a_log_that_can_be_rewritten_is_found(app: Flask, cast: Cast) -> None:
    for statement in append_only.drop_statements(db.engine.dialect.name, "event"):
        db.session.execute(text(statement))
    db.session.commit()

    assert {name for name, _ in findings()} == {"triggers are in place"}


@both_databases
def test_a_booking_made_meanwhile_is_no_finding(
    app: Flask, busy: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = bookings._claimed

    def book() -> None:
        with app.app_context():
            cast = Cast.load()
            ask(cast.rival, cast.stations, start=5)

    def read_and_book() -> object:
        claimed = read()
        Context().run(book)
        return claimed

    before = count_of(Occurrence)
    monkeypatch.setattr(bookings, "_claimed", read_and_book)

    assert list(findings()) == []
    assert count_of(Occurrence) == before + 1


def count_of(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_files_that_are_gone_or_others_are_found(client: Visitor, cast: Cast, app: Flask) -> None:
    client.sign_in(cast.manager)
    gone = added(client, cast.raman, document(), "x.pdf")
    other = added(client, cast.raman, document(), "x.pdf")
    photo = added(client, cast.stations, located(), "x.jpg")
    whole = added(client, cast.stations, document(), "x.pdf")
    folder = Path(app.config["UPLOADS"]) / "attachments"
    for file in (gone.file, str(photo.thumbnail)):
        (folder / file).unlink()
    (folder / other.file).write_bytes(b"%PDF-another")

    found = dict.fromkeys(sentence for _, sentence in findings())

    assert [sentence.split(": ")[0] for sentence in found] == [
        f"attachment file {row.id}" for row in (gone, other, photo)
    ]
    assert "is missing" in next(iter(found))
    assert whole.file not in "".join(found)
