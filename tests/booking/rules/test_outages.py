"""Who has to give way when equipment fails."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.booking.rules.outages import Contender, Rank, Room, out_of_use, rank_of, who_gives_way
from app.booking.rules.states import OccurrenceState
from app.core.spans import Span
from app.occupancy.rules.peaks import Taken, fits, peak
from tests.cast import NOW
from tests.occupancy.making import span

ONE, OTHER = 1, 2
WINDOW = span(0, 10)


def dated(number: int, rank: Rank, takes: dict[int, list[Taken]], **more: bool) -> Contender:
    return Contender(("date", number), rank, NOW + timedelta(minutes=number), takes, **more)


def test_pending_ones_go_first_then_who_asked_last() -> None:
    everybody = [
        dated(1, Rank.REQUESTED, {ONE: [Taken(WINDOW, 1)]}),
        dated(2, Rank.APPROVED, {ONE: [Taken(WINDOW, 1)]}),
        dated(3, Rank.APPROVED, {ONE: [Taken(WINDOW, 1)]}),
        dated(4, Rank.IN_USE, {ONE: [Taken(WINDOW, 1)]}),
        dated(5, Rank.HELD, {ONE: [Taken(WINDOW, 1)]}),
    ]
    room = {ONE: Room(4, [Taken(WINDOW, 2)])}
    assert who_gives_way(everybody, room) == [("date", 3), ("date", 1), ("date", 5)]


def test_a_date_of_several_things_goes_as_a_whole_and_makes_room_in_the_other() -> None:
    both = dated(1, Rank.APPROVED, {ONE: [Taken(WINDOW, 1)], OTHER: [Taken(WINDOW, 1)]})
    second = dated(2, Rank.APPROVED, {OTHER: [Taken(WINDOW, 1)]})
    rooms = {ONE: Room(1, [Taken(WINDOW, 1)]), OTHER: Room(1)}
    assert who_gives_way([both, second], rooms) == [("date", 1)]


def test_who_works_with_the_very_unit_goes_whatever_room_there_is() -> None:
    hands_on = dated(1, Rank.IN_USE, {ONE: [Taken(WINDOW, 1)]}, must_go=True)
    assert who_gives_way([hands_on], {ONE: Room(9)}) == [("date", 1)]


def test_what_has_begun_goes_on_whether_or_not_somebody_checked_in() -> None:
    at = WINDOW.start + timedelta(hours=1)
    assert rank_of(OccurrenceState.APPROVED, WINDOW, at) is Rank.IN_USE
    assert rank_of(OccurrenceState.APPROVED, WINDOW, WINDOW.start) is Rank.APPROVED
    assert rank_of(OccurrenceState.REQUESTED, WINDOW, at) is Rank.REQUESTED


hours = st.integers(0, 9)
stretches = st.builds(span, hours, st.integers(1, 6))
claims = st.builds(Taken, stretches, st.integers(1, 2))
things = st.dictionaries(st.sampled_from([ONE, OTHER]), claims.map(lambda claim: [claim]), min_size=1)
contenders = st.lists(st.tuples(st.sampled_from(Rank), things), max_size=12)


@given(contenders, st.integers(0, 4), st.lists(claims, max_size=3))
def test_those_who_stay_fit_and_none_of_the_others_would(
    drawn: list[tuple[Rank, dict[int, list[Taken]]]], capacity: int, away: list[Taken]
) -> None:
    everybody = [dated(number, rank, takes) for number, (rank, takes) in enumerate(drawn)]
    others = away if peak(span(0, 20), away) <= capacity else []
    rooms = {ONE: Room(capacity, others), OTHER: Room(4)}
    gone = set(who_gives_way(everybody, rooms))
    left = {ONE: list(others), OTHER: list[Taken]()}
    for one in everybody:
        if one.who not in gone:
            for id_, its in one.takes.items():
                left[id_] += its
    assert all(peak(span(0, 20), its) <= rooms[id_].capacity for id_, its in left.items())
    for one in everybody:
        if one.who in gone:
            assert not all(
                fits(claim, left[id_], rooms[id_].capacity) for id_, its in one.takes.items() for claim in its
            )


@given(st.lists(claims, max_size=5), st.integers(1, 5), st.one_of(st.none(), st.integers(1, 5)))
def test_trouble_takes_what_it_says_and_never_more_than_is_left(
    others: list[Taken], capacity: int, quantity: int | None
) -> None:
    others = others if peak(span(0, 20), others) <= capacity else []
    taken = out_of_use(WINDOW, quantity, Room(capacity, others))
    wanted = capacity if quantity is None else min(quantity, capacity)
    assert all(WINDOW.contains(one.span) for one in taken)
    for hour in range(10):
        here = Span(WINDOW.start + timedelta(hours=hour), WINDOW.start + timedelta(hours=hour + 1))
        mine = sum(one.quantity for one in taken if one.span.overlaps(here))
        assert mine == min(wanted, capacity - peak(here, others))
