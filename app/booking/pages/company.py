"""Who asks, for who decides: since when, how it went, what was signed and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.accounts.models import Organisation, User
from app.agreements.models import AgreementKind, PaperKind
from app.agreements.queries import Signed
from app.agreements.wording import KINDS, PAPERS
from app.booking.queries.record import Record, record_of
from app.core.clock import now
from app.web.filters import bdi
from app.web.formats import date_text, duration_text, local_day, number_text

Row = tuple[str, Markup | str]


@dataclass(frozen=True)
class Company:
    """A company as the case of its request shows it; days are those of the lab's zone."""

    organisation: Organisation
    who: User
    zone: ZoneInfo

    @cached_property
    def record(self) -> Record:
        return record_of(self.who, self.organisation)

    @property
    def since(self) -> date:
        return local_day(self.organisation.created_at, self.zone)

    @property
    def rows(self) -> list[Row]:
        """The terms and what is to be said of each."""
        its = self.record
        return [
            (_("Bookings in your labs"), number_text(its.bookings)),
            (_("Nobody came"), number_text(its.no_shows)),
            (_("Called off late"), number_text(its.late)),
            (_("Unmet in 90 days"), duration_text(its.unmet_minutes) if its.unmet_minutes else _("nothing")),
            (_("Agreement"), self._lines(self._agreements) or _("none")),
            (_("Papers"), self._lines(self._papers) or _("none")),
        ]

    @property
    def _agreements(self) -> Iterable[str]:
        ahead = sorted(self.record.agreements, key=_end, reverse=True)
        return (self._dated(str(KINDS[one.kind]), one) for one in ahead)

    @property
    def _papers(self) -> Iterable[str]:
        """Of each kind the one that lasts longest."""
        last = {one.kind: one for one in sorted(self.record.papers, key=_end)}
        return (self._dated(str(PAPERS[kind]), last[kind]) for kind in sorted(last))

    def _dated(self, name: str, one: Signed[AgreementKind] | Signed[PaperKind]) -> str:
        today = local_day(now(), self.zone)
        if one.valid_until is None:
            return str(_("%(paper)s, without an end", paper=name))
        day = date_text(one.valid_until)
        if one.valid_until < today:
            return str(_("%(paper)s, ended on %(day)s", paper=name, day=day))
        return str(_("%(paper)s, until %(day)s", paper=name, day=day))

    def _lines(self, texts: Iterable[str]) -> Markup:
        lines: Sequence[Markup] = [bdi(text) for text in texts]
        return escape(Markup("<br>").join(lines))


def _end(one: Signed[AgreementKind] | Signed[PaperKind]) -> date:
    return one.valid_until or date.max
