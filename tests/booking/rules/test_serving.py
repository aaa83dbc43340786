"""Which misses a booking makes up for, and how much of them."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.booking.rules.serving import Lack, Share, Supply, serves, shares

few = st.integers(1, 3)
some = st.none() | few
minutes = st.integers(-60, 600)
lacks = st.lists(st.builds(Lack, st.integers(), some, some, some, minutes), unique_by=lambda one: one.miss_id)
supplies = st.lists(
    st.builds(Supply, st.integers(), few, some, few, st.integers(1, 600)), unique_by=lambda one: one.item_id
)


@given(lacks, supplies)
def test_never_more_than_the_miss_lacks_or_the_item_has(missed: list[Lack], had: list[Supply]) -> None:
    of_miss, of_item = Counter[int](), Counter[int]()
    found = shares(missed, had)
    for one in found:
        assert one.minutes > 0
        of_miss[one.miss_id] += one.minutes
        of_item[one.item_id] += one.minutes
    assert all(of_miss[one.miss_id] <= max(0, one.minutes) for one in missed)
    assert all(of_item[one.item_id] <= one.minutes for one in had)
    assert len({(one.miss_id, one.item_id) for one in found}) == len(found)


def test_the_oldest_miss_is_served_first() -> None:
    missed = [Lack(1, 7, None, None, 90), Lack(2, 7, None, None, 60)]
    assert shares(missed, [Supply(5, 7, 1, 1, 120)]) == [Share(1, 5, 90), Share(2, 5, 30)]


def test_the_very_thing_its_category_or_a_sibling_in_the_lab_serves() -> None:
    supply = Supply(5, 7, 20, 30, 60)
    assert serves(supply, Lack(1, 7, None, None, 60))
    assert serves(supply, Lack(1, None, 20, None, 60))
    assert serves(supply, Lack(1, 8, 20, 30, 60))
    assert not serves(supply, Lack(1, 8, 20, 31, 60)), "a sibling elsewhere"
    assert not serves(supply, Lack(1, None, 21, 30, 60)), "another category"
    assert not serves(supply, Lack(1, None, None, 30, 60)), "words alone"
