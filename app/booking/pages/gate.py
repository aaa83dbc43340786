"""The list for the gate: who is expected at a site on a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.booking.models import BookingPerson, Occurrence
from app.booking.queries.visitors import list_expected_at
from app.core.i18n import localized
from app.core.spans import Span
from app.core.text import fold, folded_words
from app.core.zones import day_span
from app.inventory.models import Lab, Mode, Site
from app.web.formats import hours_text


@dataclass(frozen=True)
class Expected:
    """One person, and where they go."""

    name: str
    identity: str | None
    plate: str | None
    organisation: str
    labs: tuple[Lab, ...]
    span: Span
    """As much of it as lies in the day."""
    zone: ZoneInfo

    @property
    def when(self) -> str:
        return hours_text(self.span, self.zone)

    @property
    def where(self) -> str:
        places = [localized(lab) + (f" ({lab.location})" if lab.location else "") for lab in self.labs]
        return str(_(", ")).join(places)

    @property
    def phones(self) -> str:
        return str(_(", ")).join(lab.phone for lab in self.labs if lab.phone)

    def says(self, words: Sequence[str]) -> bool:
        """Whether each of the folded words is in what the guard would look for."""
        text = fold(" ".join(filter(None, (self.name, self.organisation, self.plate, self.identity))))
        return all(word in text for word in words)


@dataclass(frozen=True)
class GatePage:
    """The list of one site and day."""

    site: Site
    sites: Sequence[Site]
    day: date
    rows: list[Expected]
    query: str = ""

    @classmethod
    def of(cls, site: Site, sites: Sequence[Site], day: date, query: str = "") -> Self:
        words, span = folded_words(query), day_span(day, site.zone)
        rows = [row for row in _rows(site, span) if row.says(words)]
        return cls(site, sites, day, rows, query)

    @property
    def before(self) -> date:
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        return self.day + timedelta(days=1)


def _rows(site: Site, day: Span) -> Iterator[Expected]:
    for one in list_expected_at(site.id, day):
        labs = {item.equipment.lab_id: item.equipment.lab for item in one.items}
        here = tuple(lab for lab in labs.values() if lab.site_id == site.id)
        for person in _people(one):
            yield Expected(
                person.name,
                person.identity,
                person.plate,
                localized(one.booking.organisation),
                here,
                one.span.clamp(day) or one.span,
                site.zone,
            )


def _people(one: Occurrence) -> Sequence[BookingPerson]:
    """Those named; who asked, where nobody is and somebody has to come."""
    booking = one.booking
    if booking.people or booking.mode is Mode.SAMPLES:
        return booking.people
    return [BookingPerson(name=booking.requester.name)]
