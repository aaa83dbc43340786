"""The page that shows a donor what the gift has served."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.core.i18n import localized
from app.donations import impact_wording
from app.donations.pages.offer import OfferPage
from app.donations.pages.path import Step
from app.donations.queries.story import Copy
from app.donations.rules.impact import Impact, Month
from app.needs.models import Need
from app.web.formats import date_text, local_day, number_text

STEPS = (1, 2, 5)
LINES = 4
"""At most so many lines above the axis."""


@dataclass(frozen=True)
class Scale:
    """Round hours for the lines of the chart; the last is its top."""

    ticks: Sequence[int]

    @classmethod
    def of(cls, months: Iterable[Month]) -> "Scale":
        most = max(max(month.minutes_booked, month.predicted_minutes or 0) for month in months)
        step, power = 1, 1
        while step * LINES * 60 < most:
            later = STEPS.index(step // power) + 1
            power, step = (power, STEPS[later] * power) if later < len(STEPS) else (power * 10, power * 10)
        return cls([step * number for number in range(1, max(1, -(-most // (step * 60))) + 1)])

    @property
    def top(self) -> int:
        """In minutes."""
        return self.ticks[-1] * 60


@dataclass(frozen=True)
class ImpactPage:
    """What the page says; `offer` is what the page of the offer knows of it."""

    page: OfferPage
    impact: Impact

    @property
    def scale(self) -> Scale:
        return Scale.of(self.impact.months)

    @cached_property
    def working(self) -> list[Copy]:
        """The units in service, in the order in which they came."""
        return [copy for copy in self.page.copies if copy.since is not None]

    @cached_property
    def needs(self) -> list[Need]:
        """What the working units were asked for by, each need once."""
        kept = (copy.donated.allocation for copy in self.working)
        return list({one.need_id: one.need for one in kept if one}.values())

    @property
    def university(self) -> str:
        """Whose site the gift works at."""
        equipment = self.working[0].unit.equipment
        return localized(equipment.lab.site.organisation) if equipment else ""

    @cached_property
    def provenance(self) -> list[Step]:
        """From the need to the hours; what it serves goes on, so the hours are where it stands."""
        zone, offer = self.page.zone, self.page.offer
        steps = [
            Step(
                escape(_("Need published: %(need)s"))
                % {"need": _link("needs.show", localized(n, "title"), need_id=n.id)},
                date_text(local_day(n.published_at, zone)) if n.published_at else None,
                "done",
            )
            for n in self.needs
        ]
        offered = date_text(local_day(offer.submitted_at, zone)) if offer.submitted_at else None
        reference = _link("donations.show", offer.reference, offer_id=offer.id)
        steps.append(Step(escape(_("Offered: %(offer)s")) % {"offer": reference}, offered, "done"))
        if offer.agreement:
            number = Markup('<bdi dir="ltr" lang="en">{}</bdi>').format(offer.agreement.number)
            signed = date_text(offer.agreement.signed_on)
            steps.append(Step(escape(_("Agreement signed: %(number)s")) % {"number": number}, signed, "done"))
        steps += [self._in_service(copy) for copy in self.working]
        served = impact_wording.hours_long(self.impact.minutes_used)
        return [*steps, Step(_("%(hours)s served", hours=served), _("up to today"), "now")]

    def _in_service(self, copy: Copy) -> Step:
        since = date_text(local_day(copy.since, self.page.zone)) if copy.since else None
        return Step(escape(_("In service: %(unit)s")) % {"unit": self.name_of(copy)}, since, "done")

    def name_of(self, copy: Copy) -> Markup:
        """The equipment, with a link to its page, and which unit of it."""
        unit = copy.unit
        if unit.equipment is None:  # never of one in service
            return escape(self.page.line_of(copy).description)
        name = _link("site.equipment", localized(unit.equipment), equipment_id=unit.equipment_id)
        if unit.number is None:
            return name
        return escape(_("%(equipment)s, unit %(number)s")) % {
            "equipment": name,
            "number": number_text(unit.number),
        }


def _link(endpoint: str, text: str, **values: object) -> Markup:
    address = url_for(endpoint, **values)  # type: ignore[arg-type]
    return Markup('<a href="{}"><bdi>{}</bdi></a>').format(address, text)
