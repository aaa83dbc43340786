"""Gaps: what was asked for and could not be given, read from what was remembered and booked."""

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import User
from app.booking.services.decide import approve_booking
from app.booking.services.request import request_booking
from app.booking.services.wishes import wanted_of
from app.core import clock
from app.core.spans import Span
from app.demand.models import MissReason
from app.demand.services import remember
from app.extensions import db
from app.inventory.models import Equipment
from app.needs.queries.gaps import find_gap, list_gaps
from app.needs.queries.shown_gaps import shown_gaps
from app.needs.rules.gap import Gap
from app.occupancy.errors import SlotTaken
from tests.booking.making import a_request, ask
from tests.cast import NOW, Cast
from tests.occupancy.making import span
from tests.statements import statements

WINDOW = Span(NOW - timedelta(days=90), NOW + timedelta(minutes=1))


def want(
    who: User,
    thing: Equipment,
    start: float = 24,
    hours: float = 2,
    *,
    reason: MissReason = MissReason.NONE_FREE,
) -> bool:
    window = span(start, hours)
    (organisation_id,) = who.organisation_ids()
    wanted = wanted_of(minutes=window.minutes, quantity=1, window=window, equipment=thing)
    return remember(user_id=who.id, organisation_id=organisation_id, wanted=wanted, reason=reason)


def gap_of(cast: Cast) -> Gap:
    found = find_gap(cast.raman.category_id, cast.materials.id, WINDOW)
    assert found is not None
    return found


def test_three_companies_who_found_nothing_are_a_gap(app: Flask, cast: Cast) -> None:
    approve_booking(actor=cast.manager, reference=ask(cast.boss, cast.raman, start=24).reference)
    for who in (cast.booker, cast.rival, cast.newcomer):
        want(who, cast.raman)
    want(cast.rival, cast.oscilloscope)

    gap = gap_of(cast)

    assert (gap.unmet_minutes, gap.organisations, gap.units) == (3 * 120, 3, 1)
    assert [(gain.extra, gain.served_minutes) for gain in gap.gains] == [(1, 120), (2, 240)]
    assert gap.is_shown
    assert [one.lab_id for one in list_gaps(WINDOW)] == [cast.materials.id, cast.electronics.id]
    assert [one.lab_id for one in list_gaps(WINDOW, lab_id=cast.electronics.id)] == [cast.electronics.id]


def test_repeats_staff_and_students_move_no_figure(app: Flask, cast: Cast) -> None:
    want(cast.booker, cast.raman)
    before = gap_of(cast)

    for who in (cast.booker, cast.boss, cast.manager, cast.student, cast.admin):
        if len(who.organisation_ids()) == 1:
            want(who, cast.raman)
            want(who, cast.raman, start=24.5, hours=1)

    after = gap_of(cast)
    assert (after.unmet_minutes, after.organisations) == (before.unmet_minutes, 1)
    assert after.gains == before.gains


def test_what_a_rule_refused_stands_apart(app: Flask, cast: Cast) -> None:
    want(cast.booker, cast.raman, reason=MissReason.REFUSED_BY_RULE)

    gap = gap_of(cast)

    assert (gap.unmet_minutes, gap.policy_minutes, gap.organisations) == (0, 120, 0)
    assert sum(gain.served_minutes for gain in gap.gains) == 0


def test_what_is_booked_later_is_not_missing_any_more(app: Flask, cast: Cast) -> None:
    want(cast.booker, cast.raman, hours=3)
    with clock.frozen(NOW + timedelta(hours=1)):
        booking = request_booking(actor=cast.booker, request=a_request(cast.raman, start=48, length=1))
        assert gap_of(cast).unmet_minutes == 180  # asked for is not served
        approve_booking(actor=cast.manager, reference=booking.reference)

    assert gap_of(cast).unmet_minutes == 120


def test_a_refusal_is_in_the_gap_by_itself(app: Flask, cast: Cast) -> None:
    ask(cast.boss, cast.raman, start=24)
    with pytest.raises(SlotTaken):
        request_booking(actor=cast.rival, request=a_request(cast.raman, start=24))
    assert gap_of(cast).unmet_minutes > 0


def test_use_is_measured_against_open_time(app: Flask, cast: Cast) -> None:
    want(cast.rival, cast.raman)
    booking = ask(cast.boss, cast.raman, start=24)
    approve_booking(actor=cast.manager, reference=booking.reference)
    later = Span(NOW, NOW + timedelta(days=7))

    gap = find_gap(cast.raman.category_id, cast.materials.id, later)

    assert gap is not None
    assert gap.used_minutes == booking.occurrences[0].items[0].claimed_span.minutes
    assert gap.open_minutes > 0
    assert gap.utilisation == gap.used_minutes / gap.open_minutes


def test_the_weeks_cover_the_window(app: Flask, cast: Cast) -> None:
    want(cast.rival, cast.raman)
    gap = gap_of(cast)
    assert (gap.weeks[0].span.start, gap.weeks[-1].span.end) == (WINDOW.start, WINDOW.end)
    assert sum(week.unmet_minutes for week in gap.weeks) == gap.unmet_minutes


def test_the_weeks_begin_with_the_week_of_the_site(app: Flask, cast: Cast) -> None:
    want(cast.rival, cast.raman)
    for first in (5, 0):
        cast.site.first_weekday = first
        db.session.commit()
        begins = [week.span.start.astimezone(cast.site.zone) for week in gap_of(cast).weeks[1:]]
        assert {(at.weekday(), at.hour) for at in begins} == {(first, 0)}


def test_a_category_is_narrowed_with_what_is_below_it(app: Flask, cast: Cast) -> None:
    want(cast.rival, cast.raman)
    want(cast.rival, cast.stations)
    found = shown_gaps(cast.liaison, WINDOW, category_id=cast.spectroscopy.id)
    assert [gap.category_id for gap in found] == [cast.raman_category.id]
    assert len(shown_gaps(cast.liaison, WINDOW)) == 2


def test_more_gaps_take_no_more_statements(app: Flask, cast: Cast) -> None:
    want(cast.rival, cast.raman)
    with statements() as few:
        list_gaps(WINDOW)
    for thing in (cast.oscilloscope, cast.stations, cast.microscope):
        for who in (cast.booker, cast.rival):
            want(who, thing)
    with statements() as many:
        list_gaps(WINDOW)
    assert len(many) == len(few)
