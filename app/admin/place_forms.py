"""What is typed about sites, labs, hours and holidays: shape only."""

from collections.abc import Iterable, Sequence
from typing import Any, Self
from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.inventory.models import EquipmentHours, OpeningHours, WorkingHours
from app.inventory.rules.week import DayHours, a_day_of, openings_in, openings_text, weekdays_from
from app.inventory.wording import LAB_STATUSES
from app.web.fields import LocalDateField
from app.web.formats import weekday_text
from app.web.forms import BaseForm, choices_of

NEEDED = _l("This is needed.")
_ZONES = {name: name for name in sorted(available_timezones())}


class SiteForm(BaseForm):
    """A site, once it is there."""

    name = StringField(_l("Name"), [InputRequired(NEEDED), Length(max=200)])
    name_fa = StringField(_l("Name in Persian"), [Optional(), Length(max=200)])
    zone_name = SelectField(_l("Time zone"), choices=choices_of(_ZONES), default="Asia/Tehran")
    first_weekday = SelectField(_l("The week begins on"), coerce=int, default=5)
    country = StringField(_l("Country, for public holidays"), [InputRequired(NEEDED)], default="IR")
    charges = BooleanField(_l("Labs ask for money: prices, quotes and statements"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.first_weekday.choices = choices_of({day: weekday_text(a_day_of(day)) for day in (5, 6, 0)})

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "name_fa": self.name_fa.data,
            "zone_name": self.zone_name.data,
            "first_weekday": self.first_weekday.data,
            "country": (self.country.data or "").upper(),
            "charges": bool(self.charges.data),
        }


class NewSiteForm(SiteForm):
    """A site that is to be, of one of the universities."""

    slug = StringField(_l("Short name for addresses"), [InputRequired(NEEDED), Length(max=60)])
    organisation = SelectField(_l("Run by"), coerce=int)


class LabForm(BaseForm):
    """What a lab says of itself."""

    name = StringField(_l("Name"), [InputRequired(NEEDED), Length(max=200)])
    name_fa = StringField(_l("Name in Persian"), [Optional(), Length(max=200)])
    location = StringField(_l("Building and room"), [Optional(), Length(max=200)])
    phone = StringField(_l("Telephone"), [Optional(), Length(max=40)])
    directions = TextAreaField(_l("How to get there"), [Optional()])
    directions_fa = TextAreaField(_l("How to get there, in Persian"), [Optional()])

    def values(self) -> dict[str, Any]:
        names = ("name", "name_fa", "location", "phone", "directions", "directions_fa")
        return {name: self[name].data or "" for name in names}


class LabStatusForm(LabForm):
    """The same for who may close a lab."""

    status = SelectField(_l("Bookings"), choices=choices_of(LAB_STATUSES))

    def values(self) -> dict[str, Any]:
        return super().values() | {"status": self.status.data}


class NewLabForm(LabForm):
    """A lab that is to be."""

    slug = StringField(_l("Short name for addresses"), [InputRequired(NEEDED), Length(max=60)])
    site = SelectField(_l("Site"), coerce=int)


class _Openings(StringField):
    """The openings of one weekday, as '8-12, 13:30-18'; empty for closed."""

    def __init__(self, *args: Any, weekday: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.weekday = weekday
        self.openings: list[DayHours] = []

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        try:
            self.openings = openings_in(self.weekday, self.data or "")
        except ValueError:
            self.errors = [
                _("Write hours as %(example)s, or nothing for a closed day.", example="8-12, 13:30-18")
            ]


class HoursForm(BaseForm):
    """A week of openings, one line a weekday."""

    day_0 = _Openings(weekday=0)
    day_1 = _Openings(weekday=1)
    day_2 = _Openings(weekday=2)
    day_3 = _Openings(weekday=3)
    day_4 = _Openings(weekday=4)
    day_5 = _Openings(weekday=5)
    day_6 = _Openings(weekday=6)

    @classmethod
    def of(cls, rows: Iterable[OpeningHours | WorkingHours | EquipmentHours | DayHours], **more: Any) -> Self:
        """The form, filled with the hours that are kept, unless it was sent."""
        hours = [DayHours(row.weekday, row.opens, row.closes) for row in rows]
        kept = {f"day_{day}": openings_text(h for h in hours if h.weekday == day) for day in range(7)}
        form = cls(data=kept, **more)
        for day in range(7):
            form[f"day_{day}"].label.text = weekday_text(a_day_of(day))
        return form

    def days(self, first_weekday: int) -> Sequence[Field]:
        """The fields in the order of the site's week."""
        return [self[f"day_{day}"] for day in weekdays_from(first_weekday)]

    def validate(self, *args: Any, **more: Any) -> bool:
        return super().validate(*args, **more) and not any(field.errors for field in self)

    def hours(self) -> list[DayHours]:
        return [opening for day in range(7) for opening in self[f"day_{day}"].openings]


class DatedHoursForm(BaseForm):
    """A day on which the lab's hours are others; none: it is closed."""

    on = LocalDateField(_l("Date"), [InputRequired(NEEDED)])
    hours = _Openings(_l("Open"), [Optional()], weekday=0)
    note = StringField(_l("Why"), [Optional(), Length(max=200)])

    def validate(self, *args: Any, **more: Any) -> bool:
        return super().validate(*args, **more) and not self.hours.errors

    def values(self) -> dict[str, Any]:
        return {"on": self.on.data, "hours": self.hours.openings, "note": self.note.data or ""}


class HolidayForm(BaseForm):
    """A day on which the site is closed."""

    on = LocalDateField(_l("Date"), [InputRequired(NEEDED)])
    occasion = StringField(_l("Occasion"), [InputRequired(NEEDED), Length(max=200)])
    occasion_fa = StringField(_l("Occasion in Persian"), [Optional(), Length(max=200)])
    is_estimated = BooleanField(_l("Estimated: it may move by a day"))

    def values(self) -> dict[str, Any]:
        return {
            "on": self.on.data,
            "name": self.occasion.data or "",
            "name_fa": self.occasion_fa.data,
            "is_estimated": self.is_estimated.data,
        }


class DraftForm(BaseForm):
    """The year whose public holidays are to be added."""

    year = IntegerField(_l("Year (Gregorian)"), [InputRequired(NEEDED), NumberRange(2000, 2100)])
