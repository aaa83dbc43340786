"""Faults and maintenance in words, in the reader's language."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core.i18n import localized
from app.core.text import isolated
from app.inventory.models import Equipment, FaultState, Per, Unit, Usability
from app.inventory.rules.maintenance import Due
from app.web.formats import number_text

FAULT_STATES = {
    FaultState.REPORTED: _l("Reported"),
    FaultState.CONFIRMED: _l("Known fault"),
    FaultState.REPAIRED: _l("Repaired"),
    FaultState.DISMISSED: _l("No fault"),
}
USABILITIES = {
    Usability.USABLE: _l("It can be used"),
    Usability.LIMITED: _l("It can be used in part, or with care"),
    Usability.UNUSABLE: _l("It cannot be used"),
}
DUE = {Due.OVERDUE: _l("Overdue"), Due.SOON: _l("Due soon"), Due.LATER: _l("Later")}
PERS = {Per.DAY: _l("days"), Per.WEEK: _l("weeks"), Per.MONTH: _l("months")}
_EVERY: dict[Per, Callable[[int], str]] = {
    Per.DAY: lambda many: ngettext("once a day", "every %(shown)s days", many, shown=number_text(many)),
    Per.WEEK: lambda many: ngettext("once a week", "every %(shown)s weeks", many, shown=number_text(many)),
    Per.MONTH: lambda many: ngettext("once a month", "every %(shown)s months", many, shown=number_text(many)),
}

UPKEEP_REFUSED = {
    "required": _l("This is needed."),
    "too-long": _l("This is too long. Shorten it."),
    "unknown": _l("Choose one of those that there are."),
    "too_many_minutes": _l("At most fourteen days."),
    "interval_needs_both": _l("Write both how many and of what, or neither."),
    "interval_too_long": _l("At most ten years. For what comes more rarely, name the day."),
    "before_last_done": _l("It was done later than that already."),
    "no-picture": _l("Only JPEG, PNG and WebP pictures are taken, and whole ones."),
    "not_of_people": _l("People have no faults to report, and no maintenance."),
    "not_yet": _l("This day is still to come."),
}
"""What a service found wrong, by its code, as said beside the field."""


def every_text(every: int | None, per: Per | None) -> str:
    """Every 6 months; once."""
    return str(_EVERY[per](every)) if every is not None and per is not None else str(_("once"))


def thing_text(equipment: Equipment, unit: Unit | None) -> str:
    """The equipment and, where it is about one, its unit."""
    name = isolated(localized(equipment))
    if unit is None or unit.number is None:
        return name
    return str(_("%(equipment)s, unit %(number)s", equipment=name, number=number_text(unit.number)))
