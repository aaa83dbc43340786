"""What is typed to say that something cannot be used: shape only; the service judges it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from app.booking.forms import needed
from app.booking.models import OutageKind
from app.core.i18n import localized
from app.core.zones import BadLocalTime, to_utc
from app.inventory.models import Equipment, Lab, Site
from app.web.fields import CountField, LocalDateField, LocalTimeField
from app.web.forms import BaseForm, choices_of

KINDS = {
    OutageKind.OUTAGE: _l("It is broken"),
    OutageKind.MAINTENANCE: _l("It is being looked after"),
    OutageKind.CLOSURE: _l("It is closed"),
}
LONGEST_REASON = 2000
REFUSALS = {
    ("ends_at", "required_ahead"): _l("Say until when: only what begins now can be without an end."),
    ("ends_at", "before_start"): _l("The end must come after the start."),
    ("ends_at", "past"): _l("This time is past."),
    ("ends_at", "outage_too_long"): _l(
        "At most a year. Leave the end empty: then it lasts until you say that it works."
    ),
    ("quantity", "equipment_only"): _l("Only with one equipment: a lab closes as a whole."),
    ("quantity", "out-of-range"): _l("There are not so many in service."),
    ("quantity", "one_unit"): _l("One unit is one: leave the number empty."),
    ("unit", "not_in_service"): _l("There is no unit of this number in service."),
    ("reason", "too-long"): _l("This is too long. Shorten it."),
}


class UntilForm(BaseForm):
    """How long it lasts, and why."""

    end_date = LocalDateField(_l("Until day"), [Optional()])
    end = LocalTimeField(_l("Until"), [Optional()])
    reason = TextAreaField(_l("What people are told"), [Optional(), Length(max=LONGEST_REASON)])

    def ends_at(self, zone: ZoneInfo) -> datetime | None:
        """The end; None where nobody knows it, or where it cannot be read: that is said at its field."""
        return self._instant(self.end_date, self.end, zone)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        is_valid = bool(super().validate(*args, **kwargs))
        if not self.end.errors and (self.end.data is None) != (self.end_date.data is None):
            self.end.errors = [*self.end.errors, _("Write both the day and the time, or neither.")]
            return False
        return is_valid

    def _instant(self, day: Any, time: Any, zone: ZoneInfo) -> datetime | None:
        if day.data is None or time.data is None:
            return None
        try:
            return to_utc(datetime.combine(day.data, time.data), zone)
        except BadLocalTime:
            time.errors = [*time.errors, _("The clocks change then: choose another time.")]
            return None

    def take_end(self, refused: Any) -> None:
        """Put what the service found wrong beside the fields that were meant."""
        names = {"ends_at": "end", "quantity": "number"}
        for name, code in refused.errors:
            known = names.get(name, name)
            field = self[known] if known in self else self.end  # noqa: SIM401 - a form has no get()
            field.errors = [*field.errors, REFUSALS.get((name, code), code)]


class OutageForm(UntilForm):
    """What cannot be used, why, and from when until when."""

    place = SelectField(_l("What cannot be used"), [needed()], coerce=str)
    kind = RadioField(_l("Why"), choices=choices_of(KINDS), default=OutageKind.OUTAGE.value)
    unit = CountField(_l("Only the unit of this number"), [Optional()])
    number = CountField(_l("Only so many of them"), [Optional()])
    date = LocalDateField(_l("From day"), [needed()])
    start = LocalTimeField(_l("From"), [needed()])

    def starts_at(self, zone: ZoneInfo) -> datetime | None:
        return self._instant(self.date, self.start, zone)

    def offer(self, equipment: Sequence[Equipment], labs: Sequence[Lab], sites: Sequence[Site]) -> None:
        """Let it choose among these: single equipment by lab, whole labs, whole sites."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for lab in labs:
            its = [(f"equipment:{one.id}", localized(one)) for one in equipment if one.lab_id == lab.id]
            whole = (f"lab:{lab.id}", _("All of it: %(lab)s", lab=localized(lab)))
            groups[localized(lab)] = [*its, whole]
        if sites:
            groups[_("Whole sites")] = [(f"site:{site.id}", localized(site)) for site in sites]
        self.place.choices = groups

    @property
    def named(self) -> dict[str, int]:
        """The place, as the service takes it: `equipment_id`, `lab_id` or `site_id`."""
        what, _colon, number = str(self.place.data).partition(":")
        return {f"{what}_id": int(number)}
