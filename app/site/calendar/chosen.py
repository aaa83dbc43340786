"""What a calendar page is asked to show. All of it stands in the address: a view can be kept and sent on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from app.accounts.models import User
from app.booking.permissions import READERS
from app.core.errors import NotFound
from app.core.jalali import parse_date
from app.inventory.models import Category, Lab
from app.inventory.queries.categories import find_category
from app.inventory.queries.places import labs_at_home

VIEWS = ("day", "week", "month", "list")
ROWS = ("lab", "category", "name")
"""What the rows of a timeline are gathered by; by name they stand in one list."""
MINE = "mine"
"""The labs that the viewer works in, said in place of one lab."""
LONGEST_TEXT = 100


@dataclass(frozen=True)
class Chosen:
    """A view of the calendar."""

    view: str
    day: date
    today: date
    labs: Sequence[Lab]
    """Those that are shown: of one site, so that all share a clock."""
    lab: str = ""
    """The slug of the one lab, `mine`, or nothing for all of the site."""
    category: Category | None = None
    rows: str = ROWS[0]
    text: str = ""
    bookable: bool = False
    """Only what the viewer may book."""
    shut: frozenset[str] = frozenset()
    """The groups that are folded up."""
    page: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str], every: Sequence[Lab], viewer: User | None, now: datetime) -> Self:
        """The view that the address asks for, of `every` lab (there is one); what cannot be read is as if
        it were not there.

        Raises NotFound for a lab or a category that there is not.
        """
        lab, labs = _labs(args.get("lab", ""), every, viewer)
        today = now.astimezone(labs[0].site.zone).date()
        slug = args.get("category", "")
        category = find_category(slug) if slug else None
        if slug and category is None:
            raise NotFound
        return cls(
            view=_one_of(VIEWS, args.get("view", "")),
            day=_day(args.get("date", ""), today),
            today=today,
            labs=labs,
            lab=lab,
            category=category,
            rows=_one_of(ROWS, args.get("rows", "")),
            text=args.get("q", "").strip()[:LONGEST_TEXT],
            bookable=bool(args.get("bookable")),
            shut=frozenset(filter(None, args.get("shut", "").split(","))),
            page=_page(args.get("page", "")),
        )

    @property
    def narrowed(self) -> int:
        """How many filters are in force beside the lab."""
        return sum((bool(self.category), bool(self.text), self.bookable))

    def query(self, **changes: Any) -> dict[str, str]:
        """The address of this view, with these changes: only what is not as usual stands in it."""
        one = replace(self, **({"page": 1} | changes))
        said = {
            "view": one.view,
            "date": one.day.isoformat(),
            "lab": one.lab,
            "category": one.category.slug if one.category else "",
            "rows": one.rows if one.rows != ROWS[0] else "",
            "q": one.text,
            "bookable": "1" if one.bookable else "",
            "shut": ",".join(sorted(one.shut)),
            "page": str(one.page) if one.page > 1 else "",
        }
        return {name: value for name, value in said.items() if value}


def labs_worked_in(viewer: User | None, every: Sequence[Lab]) -> list[Lab]:
    """The labs in which this person has a part to play."""
    ids = viewer.lab_ids(*READERS) if viewer is not None else set()
    return [lab for lab in every if lab.id in ids]


def _labs(slug: str, every: Sequence[Lab], viewer: User | None) -> tuple[str, Sequence[Lab]]:
    if slug == MINE and (own := labs_at_home(labs_worked_in(viewer, every))):
        return MINE, own
    if not slug or slug == MINE:
        return "", labs_at_home(every)
    lab = next((one for one in every if one.slug == slug), None)
    if lab is None:
        raise NotFound
    return slug, [lab]


def _one_of(known: Sequence[str], asked: str) -> str:
    return asked if asked in known else known[0]


def _day(text: str, today: date) -> date:
    try:
        return parse_date(text)
    except ValueError:
        return today


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 6 and int(text) else 1
