"""What comes along with what is asked for: worked out wherever somebody asks, by one rule."""

from collections.abc import Collection, Mapping, Sequence

from app.booking.rules.facts import Want
from app.inventory.models import Equipment
from app.inventory.queries.requirements import list_links
from app.inventory.rules.requirements import Link, along_with, by_thing
from app.occupancy.queries import capacities


class Along:
    """What these things take along. Read once: two queries at most, however many things."""

    def __init__(self, equipment_ids: Collection[int]) -> None:
        links = list_links(equipment_ids)
        self.links: Mapping[int, Collection[Link]] = by_thing(links)
        whole = {link.needs_id for link in links if link.quantity is None}
        self.capacity = capacities(whole) if whole else {}

    @property
    def ids(self) -> set[int]:
        """All that may come along with any of them, in whatever way of working."""
        return {link.needs_id for links in self.links.values() for link in links}

    def with_all(self, asked: Sequence[Want], mode: str | None) -> tuple[Want, ...]:
        """The wants and what comes with them; what was asked for first, each thing once.

        `mode` None: only what comes along in every way of working.
        """
        named = {want.equipment_id: want.quantity for want in asked if not want.is_required}
        more = along_with(named, mode, self.links, self.capacity)
        along = [Want(id_, many, is_required=True) for id_, many in sorted(more.items()) if id_ not in named]
        return (*(Want(id_, more.get(id_, many)) for id_, many in sorted(named.items())), *along)


def with_required(asked: Sequence[Want], mode: str | None) -> tuple[Want, ...]:
    """What was asked for and what comes along with it."""
    return Along([want.equipment_id for want in asked]).with_all(asked, mode)


def in_order(equipment: Collection[Equipment], wants: Sequence[Want]) -> list[Equipment]:
    """The equipment in the order of the wants."""
    by_id = {one.id: one for one in equipment}
    return [by_id[want.equipment_id] for want in wants]
