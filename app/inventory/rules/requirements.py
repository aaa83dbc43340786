"""What a thing takes along: how many of what come with so many of it. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

Links = Mapping[int, Collection["Link"]]
"""By the id of what needs them."""


@dataclass(frozen=True, slots=True)
class Link:
    """Whoever has the one has the other with it."""

    equipment_id: int
    needs_id: int
    quantity: int | None = 1
    """None: all there are."""
    is_shared: bool = False
    """So many together, whatever is asked for; else so many for each of it."""
    modes: frozenset[str] = frozenset()
    """Only in these ways of working; none named: in each."""

    def applies(self, mode: str | None) -> bool:
        """Whether it counts in the way of working; None: in each that there is."""
        return not self.modes or mode in self.modes

    def number(self, many: int, capacity: Mapping[int, int]) -> int:
        """How many come with so many; of all there are, one at least: nothing is no room."""
        if self.quantity is None:
            return max(1, capacity.get(self.needs_id, 0))
        return self.quantity if self.is_shared else self.quantity * many


def by_thing(links: Iterable[Link]) -> dict[int, list[Link]]:
    """The links by what needs them."""
    found: dict[int, list[Link]] = {}
    for link in links:
        found.setdefault(link.equipment_id, []).append(link)
    return found


def along_with(
    asked: Mapping[int, int], mode: str | None, links: Links, capacity: Mapping[int, int]
) -> dict[int, int]:
    """How many come along of what was not asked for, and how many of what was, if more are needed.

    `asked` and `capacity` are numbers by the id of a thing. What is shared counts once, the rest adds up.
    """
    needed, shared, each = dict(asked), dict[int, int](), dict[int, int]()
    for id_ in _in_order(asked, mode, links):
        needed[id_] = max(asked.get(id_, 0), shared.get(id_, 0), each.get(id_, 0))
        for link in _applying(id_, mode, links):
            number = link.number(needed[id_], capacity)
            if link.is_shared or link.quantity is None:
                shared[link.needs_id] = max(shared.get(link.needs_id, 0), number)
            else:
                each[link.needs_id] = each.get(link.needs_id, 0) + number
    return {id_: many for id_, many in needed.items() if many != asked.get(id_)}


def closes_a_circle(links: Links, equipment_id: int, needs_id: int) -> bool:
    """Whether a thing would need itself, if it needed that."""
    return equipment_id in _reached([needs_id], links)


def _reached(ids: Iterable[int], links: Links) -> set[int]:
    found, ahead = set[int](), list(ids)
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += [link.needs_id for link in links.get(here, ())]
    return found


def _in_order(asked: Iterable[int], mode: str | None, links: Links) -> list[int]:
    """All that comes together, each before what it needs: how many are needed of it is known then."""
    done: list[int] = []
    seen = set[int]()

    def visit(id_: int) -> None:
        seen.add(id_)
        for link in _applying(id_, mode, links):
            if link.needs_id not in seen:
                visit(link.needs_id)
        done.append(id_)

    for id_ in sorted(asked):
        if id_ not in seen:
            visit(id_)
    return done[::-1]


def _applying(id_: int, mode: str | None, links: Links) -> Iterator[Link]:
    return (link for link in links.get(id_, ()) if link.applies(mode))
