"""What is typed when an installation begins: the campus and the first lab, each with its week."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional

from app.admin.place_forms import NEEDED, HoursForm, LabForm, SiteForm
from app.inventory.rules.week import DayHours, openings_in

USUAL_DAYS, USUAL_HOURS = (5, 6, 0, 1, 2), "8-16"
"""Saturday to Wednesday, as where Kargah began; there to be changed."""


class StartSiteForm(HoursForm, SiteForm):
    """The university, its campus and when its offices answer."""

    university = StringField(_l("University"), [InputRequired(NEEDED), Length(max=200)])
    university_fa = StringField(_l("University, in Persian"), [Optional(), Length(max=200)])
    slug = StringField(
        _l("Short name for addresses"), [InputRequired(NEEDED), Length(max=60)], default="main"
    )

    def values(self) -> dict[str, Any]:
        more = {name: self[name].data or "" for name in ("university", "university_fa", "slug")}
        return super().values() | more | {"hours": self.hours()}


class StartLabForm(HoursForm, LabForm):
    """The first lab and when it is open."""

    slug = StringField(_l("Short name for addresses"), [InputRequired(NEEDED), Length(max=60)])

    def values(self) -> dict[str, Any]:
        return super().values() | {"slug": self.slug.data or "", "hours": self.hours()}


def usual_week() -> Iterable[DayHours]:
    """What the form proposes."""
    return [one for day in USUAL_DAYS for one in openings_in(day, USUAL_HOURS)]
