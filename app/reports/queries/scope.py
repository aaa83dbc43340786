"""What a report is about: the labs that somebody reads about, their equipment, and the days."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from app.accounts.models import User
from app.core.spans import Span
from app.core.zones import start_of
from app.inventory.models import Lab
from app.inventory.queries.places import list_labs
from app.reports.permissions import labs_read
from app.reports.rules.periods import Days, bars_of, starts_of


@dataclass(frozen=True)
class Scope:
    """Labs of one calendar, some categories or all, and the parts that the days are cut into."""

    labs: Sequence[Lab]
    category_ids: Collection[int] | None
    """None: all."""
    days: Days
    parts: Sequence[Days]
    zone: ZoneInfo

    @property
    def lab_ids(self) -> set[int]:
        return {lab.id for lab in self.labs}

    @cached_property
    def edges(self) -> list[datetime]:
        """The instants at which the parts begin, and the end of the last."""
        return [start_of(day, self.zone) for day in starts_of(list(self.parts))]

    @property
    def window(self) -> Span:
        return Span(self.edges[0], self.edges[-1])

    @cached_property
    def spans(self) -> list[Span]:
        return [Span(start, end) for start, end in pairwise(self.edges)]


def list_labs_read(actor: User) -> list[Lab]:
    """The labs this person may choose among, by name."""
    labs = list_labs()
    mine = labs_read(actor, (lab.id for lab in labs))
    return [lab for lab in labs if lab.id in mine]


def scope_of(
    labs: Sequence[Lab], days: Days, *, jalali: bool, category_ids: Collection[int] | None = None
) -> Scope:
    """The scope in the calendar of the first of the labs' sites. Needs one lab at least."""
    site = min((lab.site for lab in labs), key=lambda site: site.id)
    parts = bars_of(days, first_weekday=site.first_weekday, jalali=jalali)
    return Scope(labs=labs, category_ids=category_ids, days=days, parts=parts, zone=site.zone)
