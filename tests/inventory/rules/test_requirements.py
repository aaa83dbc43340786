"""How many of what come along with so many of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inventory.rules.requirements import Link, along_with, by_thing, closes_a_circle

MACHINE, PRESS, ROOM, OPERATORS, FIXTURE, CHIEF = range(1, 7)


def along(
    asked: dict[int, int], *links: Link, mode: str | None = "self", capacity: dict[int, int] | None = None
) -> dict[int, int]:
    return along_with(asked, mode, by_thing(links), capacity or {})


def test_what_needs_nothing_takes_nothing_along() -> None:
    assert along({MACHINE: 2}, Link(PRESS, ROOM)) == {}


def test_so_many_for_each() -> None:
    assert along({MACHINE: 3}, Link(MACHINE, FIXTURE, 2)) == {FIXTURE: 6}


def test_so_many_together() -> None:
    assert along({MACHINE: 3}, Link(MACHINE, OPERATORS, 1, is_shared=True)) == {OPERATORS: 1}


def test_two_things_share_a_room_and_add_up_their_fixtures() -> None:
    links = [
        Link(MACHINE, ROOM, is_shared=True),
        Link(PRESS, ROOM, is_shared=True),
        Link(MACHINE, FIXTURE),
        Link(PRESS, FIXTURE, 2),
    ]
    assert along({MACHINE: 1, PRESS: 1}, *links) == {ROOM: 1, FIXTURE: 3}


def test_of_all_there_are_one_at_least() -> None:
    link = Link(ROOM, FIXTURE, None, is_shared=True)
    assert along({ROOM: 1}, link, capacity={FIXTURE: 4}) == {FIXTURE: 4}
    assert along({ROOM: 1}, link) == {FIXTURE: 1}


@pytest.mark.parametrize(("asked", "found"), [(1, {FIXTURE: 2}), (2, {}), (5, {})])
def test_who_asks_for_what_comes_along_asks_for_no_more(asked: int, found: dict[int, int]) -> None:
    assert along({MACHINE: 1, FIXTURE: asked}, Link(MACHINE, FIXTURE, 2)) == found


def test_what_comes_along_takes_along_its_own() -> None:
    links = Link(MACHINE, FIXTURE, 2), Link(FIXTURE, OPERATORS, 1), Link(OPERATORS, CHIEF, is_shared=True)
    assert along({MACHINE: 2}, *links) == {FIXTURE: 4, OPERATORS: 4, CHIEF: 1}


def test_the_number_is_known_before_it_is_multiplied() -> None:
    """The fixture is needed twice over: by the machine itself, and by the press that it needs."""
    links = Link(MACHINE, FIXTURE), Link(MACHINE, PRESS), Link(PRESS, FIXTURE), Link(FIXTURE, CHIEF, 3)
    assert along({MACHINE: 1}, *links) == {PRESS: 1, FIXTURE: 2, CHIEF: 6}


@pytest.mark.parametrize(("mode", "found"), [("operator", {OPERATORS: 1}), ("self", {}), (None, {})])
def test_only_in_some_ways_of_working(mode: str | None, found: dict[int, int]) -> None:
    link = Link(MACHINE, OPERATORS, modes=frozenset({"operator", "samples"}))
    assert along({MACHINE: 1}, link, mode=mode) == found


def test_a_circle_is_seen_however_long() -> None:
    links = by_thing([Link(MACHINE, PRESS), Link(PRESS, ROOM), Link(ROOM, FIXTURE)])
    assert closes_a_circle(links, MACHINE, MACHINE)
    assert closes_a_circle(links, FIXTURE, MACHINE)
    assert not closes_a_circle(links, MACHINE, FIXTURE)


THINGS = st.integers(1, 6)
LINKS = st.lists(
    st.builds(
        Link,
        equipment_id=THINGS,
        needs_id=THINGS,
        quantity=st.none() | st.integers(1, 3),
        is_shared=st.booleans(),
        modes=st.sampled_from([frozenset(), frozenset({"self"})]),
    ),
    max_size=12,
    unique_by=lambda link: (link.equipment_id, link.needs_id),
)


@given(links=LINKS, asked=st.dictionaries(THINGS, st.integers(1, 3), min_size=1, max_size=3))
def test_whatever_is_written_it_ends_and_everything_has_what_it_needs(
    links: list[Link], asked: dict[int, int]
) -> None:
    """A thing that needs a later one only: as it is written, where circles are refused."""
    links = [link for link in links if link.equipment_id < link.needs_id]
    found = {**asked, **along(asked, *links, capacity=dict.fromkeys(range(1, 7), 2))}
    assert all(found[id_] >= many for id_, many in asked.items())
    for link in links:
        if link.equipment_id in found:
            number = 2 if link.quantity is None else link.quantity
            each = found[link.equipment_id] if not link.is_shared and link.quantity is not None else 1
            assert found[link.needs_id] >= number * each
    needed = {link.needs_id for link in links if link.equipment_id in found}
    assert found.keys() == asked.keys() | needed


@given(links=LINKS, asked=st.dictionaries(THINGS, st.integers(1, 3), min_size=1, max_size=3))
def test_it_ends_in_a_circle_as_well(links: list[Link], asked: dict[int, int]) -> None:
    assert all(many > 0 for many in along(asked, *links).values())
