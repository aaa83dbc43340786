"""What the pages about outages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import User
from app.booking.models import Displacement, OccurrenceState, Outage
from app.booking.outage_form import KINDS
from app.booking.permissions import may_declare_outage
from app.booking.queries.outages import list_equipment_at
from app.booking.services.outages.plan import Hit
from app.booking.wording import STATES
from app.core.clock import now
from app.core.i18n import localized
from app.core.text import isolated
from app.inventory.models import Equipment, Lab, Site
from app.inventory.queries.places import home_zone
from app.web.formats import clock_text, number_text, span_short_text


@dataclass(frozen=True)
class OutageRow:
    """One outage, for those who look after it."""

    outage: Outage

    @property
    def place(self) -> Equipment | Lab | Site:
        place = self.outage.equipment or self.outage.lab or self.outage.site
        if place is None:
            raise LookupError("an outage is somewhere: the database says so")
        return place

    @property
    def part(self) -> str:
        """Which part of the equipment it is about; empty for all of it."""
        if self.outage.unit is not None:
            return str(_("only unit %(number)s", number=number_text(self.outage.unit.number or 0)))
        if self.outage.quantity is not None:
            return str(_("only %(shown)s of them", shown=number_text(self.outage.quantity)))
        return ""

    @property
    def kind(self) -> str:
        return str(KINDS[self.outage.kind])

    @property
    def zone(self) -> ZoneInfo:
        lab = self.outage.equipment.lab if self.outage.equipment else self.outage.lab
        site = lab.site if lab is not None else self.outage.site
        return site.zone if site is not None else home_zone()

    @property
    def when(self) -> str:
        if self.outage.span is not None:
            return span_short_text(self.outage.span, self.zone)
        if self.outage.ended_at is not None:
            return str(_("called off"))
        return str(_("until it works again"))

    @property
    def is_over(self) -> bool:
        return self.outage.is_over(now())

    @property
    def state(self) -> tuple[str, str]:
        """The look and the word."""
        if self.is_over:
            return "completed", str(_("Over"))
        if self.outage.starts_at > now():
            return "requested", str(_("Planned"))
        return "out_of_service", str(_("Now"))

    @property
    def homeless(self) -> list[Displacement]:
        """Those that still have no other place."""
        latest = {one.occurrence_id: one for one in self.outage.displacements}
        return [one for one in latest.values() if one.occurrence.state is OccurrenceState.DISPLACED]

    @property
    def gave_way(self) -> str:
        many = len({one.occurrence_id for one in self.outage.displacements})
        if not many:
            return str(_("nothing was in the way"))
        return str(
            ngettext("%(shown)s date gave way", "%(shown)s dates gave way", many, shown=number_text(many))
        )

    def may_change(self, who: User) -> bool:
        labs = list_equipment_at(
            equipment_id=self.outage.equipment_id, lab_id=self.outage.lab_id, site_id=self.outage.site_id
        )
        return may_declare_outage(who, {one.lab_id for one in labs} or {self.outage.lab_id or 0})


@dataclass(frozen=True)
class FateRow:
    """What would become of a date."""

    hit: Hit
    zone: ZoneInfo
    names: dict[int, str]

    @property
    def look(self) -> str:
        if self.hit.cut_at is not None:
            return "completed"
        if self.hit.place is None:
            return "displaced"
        return "approved" if self.hit.place.span == self.hit.span else "proposed"

    @property
    def text(self) -> str:
        hit = self.hit
        if hit.cut_at is not None:
            return str(_("ends early, at %(time)s", time=clock_text(hit.cut_at, self.zone)))
        if hit.place is None:
            return str(_("nothing free was found: they choose another time"))
        if hit.place.span == hit.span:
            others = str(_(", ")).join(isolated(self.names[id_]) for id_ in hit.place.instead.values())
            return str(_("same time, on %(what)s", what=others))
        return str(_("is offered %(when)s", when=span_short_text(hit.place.span, self.zone)))


def fates(hits: Sequence[Hit], zone: ZoneInfo) -> list[FateRow]:
    """What would become of each date, in order of their time."""
    ids = {id_ for hit in hits if hit.place for id_ in hit.place.instead.values()}
    names = {one.id: localized(one) for id_ in ids for one in list_equipment_at(equipment_id=id_)}
    return [FateRow(hit, zone, names) for hit in sorted(hits, key=lambda hit: hit.span)]


def state_text(state: OccurrenceState) -> str:
    return str(STATES[state])
