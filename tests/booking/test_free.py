"""Free time and alternatives: what is offered can be had."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.booking.permissions import is_of_the_university
from app.booking.queries.things import list_equipment_with_place
from app.booking.services.evaluate import evaluate
from app.booking.services.free import alternatives_to, list_free, list_together
from app.booking.services.policies import set_equipment_policy
from app.booking.services.request import check_booking
from app.booking.services.samples import set_sample_durations
from app.booking.verdicts import Code
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Mode
from tests.booking.making import a_request, ask
from tests.cast import Cast, add_equipment
from tests.databases import both_databases
from tests.occupancy.making import at, span

DAY = Span(at(-8), at(16))


@both_databases
def test_free_time_lies_between_what_is_taken_inside_opening_hours(cast: Cast) -> None:
    ask(cast.rival, cast.raman, start=2)
    (free,) = list_free(equipment=list_equipment_with_place([cast.raman.id]), window=DAY, minutes=60)
    assert free.spans == (span(-0.5, 2.5), span(4, 5.5))


def test_a_pool_is_free_as_long_as_enough_are_left(cast: Cast) -> None:
    ask(cast.rival, (cast.stations, 3), start=2)
    equipment = list_equipment_with_place([cast.stations.id])
    (one,) = list_free(equipment=equipment, window=DAY, minutes=60, quantity=1)
    (two,) = list_free(equipment=equipment, window=DAY, minutes=60, quantity=2)
    assert one.spans == (span(-0.5, 10),)
    assert two.spans == (span(-0.5, 2.5), span(4, 5.5))


@both_databases
def test_alternatives_are_near_and_could_be_booked(cast: Cast) -> None:
    twin = add_equipment(cast.materials, cast.raman_category, "Second Raman", "رامان دوم", [Mode.SELF])
    db.session.commit()
    ask(cast.rival, cast.raman)
    found = check_booking(actor=cast.booker, request=a_request(cast.raman, start=1, length=1))
    offered = alternatives_to(found)
    assert [(a.wants[0].equipment_id, a.span) for a in offered] == [
        (cast.raman.id, span(2, 1)),
        (cast.raman.id, span(3, 1)),
        (cast.raman.id, span(4, 1)),
        (twin.id, span(1, 1)),
    ]
    for alternative in offered:
        wants = alternative.wants
        wish = type(found.wish)(wants, alternative.span, "self", found.wish.asked_at)
        again = evaluate(
            wish=wish,
            equipment=list_equipment_with_place([want.equipment_id for want in wants]),
            organisation=cast.arta,
        )
        assert again.allowed


@pytest.mark.parametrize("many", [1, 20])
def test_the_number_of_queries_does_not_grow_with_the_equipment(cast: Cast, many: int) -> None:
    for number in range(many):
        add_equipment(cast.materials, cast.soldering, f"Bench{number}", "میز", [Mode.SELF])
    db.session.commit()
    equipment = list_equipment_with_place(range(1, 100))
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    list_free(equipment=equipment, window=DAY, minutes=60)
    assert len(statements) == 4


def test_industry_is_shown_what_it_may_ask_for_and_no_more(cast: Cast) -> None:
    """The search and the request agree on who may look how far ahead."""
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, external_horizon_days=1)
    later = Span(DAY.start + timedelta(days=2), DAY.end + timedelta(days=2))
    equipment = list_equipment_with_place([cast.raman.id])
    (outside,) = list_free(equipment=equipment, window=later, minutes=60)
    (inside,) = list_free(equipment=equipment, window=later, minutes=60, is_internal=True)
    assert (outside.spans, bool(inside.spans)) == ((), True)
    taken = check_booking(actor=cast.booker, request=a_request(cast.raman, start=48))
    assert [one.code for one in taken.blocks] == [Code.TOO_FAR]
    assert all(other.span.start < later.start for other in alternatives_to(taken))


def test_who_may_look_further_ahead(cast: Cast) -> None:
    assert is_of_the_university(cast.student)
    assert is_of_the_university(cast.manager)
    assert not is_of_the_university(cast.booker)
    assert not is_of_the_university(None)


def test_several_things_are_free_together_where_each_of_them_is(cast: Cast) -> None:
    ask(cast.rival, cast.raman, start=2)
    ask(cast.rival, cast.oscilloscope, start=5)
    both = list_equipment_with_place([cast.raman.id, cast.oscilloscope.id])
    apart = list_free(equipment=both, window=DAY, minutes=60)
    together = list_together(equipment=both, window=DAY, minutes=60)
    assert together
    for one in apart:
        assert all(any(free.contains(span_) for free in one.spans) for span_ in together)
    assert not any(span_.overlaps(span(5, 1)) or span_.overlaps(span(2, 2)) for span_ in together)


def test_many_samples_are_looked_for_as_long_as_they_take(cast: Cast) -> None:
    set_sample_durations(actor=cast.manager, equipment_id=cast.raman.id, rows=[(5, 60), (20, 240)])
    raman = list_equipment_with_place([cast.raman.id])
    (few,) = list_free(equipment=raman, window=DAY, minutes=30, mode=Mode.SAMPLES, samples=3)
    (many,) = list_free(equipment=raman, window=DAY, minutes=30, mode=Mode.SAMPLES, samples=12)
    assert (few.minutes, many.minutes) == (60, 240)
    assert all(one.minutes >= 240 for one in many.spans)
