"""Verdicts, states and reasons in words, in the reader's language. The only place that knows them.

Whole sentences only: a language that puts its verb last cannot be glued together from parts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.accounts import wording as accounts
from app.booking import access_wording
from app.booking.models import DeclineReason, OccurrenceState, WaitState
from app.booking.rules.policy import Layer, SecondApproval
from app.booking.rules.presets import Preset
from app.booking.verdicts import Code, Severity, Verdict
from app.core.spans import Span
from app.core.text import isolated
from app.inventory.models import Mode, Unit
from app.occupancy.models import ClaimKind
from app.web.formats import clock_text, day_text, duration_text, hours_text, moment_text, number_text

STATES = {
    OccurrenceState.REQUESTED: _l("Waiting for an answer"),
    OccurrenceState.PROPOSED: _l("Another time proposed"),
    OccurrenceState.APPROVED: _l("Approved"),
    OccurrenceState.IN_USE: _l("In use"),
    OccurrenceState.COMPLETED: _l("Completed"),
    OccurrenceState.NO_SHOW: _l("Nobody came"),
    OccurrenceState.DECLINED: _l("Declined"),
    OccurrenceState.CANCELLED: _l("Cancelled"),
    OccurrenceState.EXPIRED: _l("Expired"),
    OccurrenceState.DISPLACED: _l("Has to move"),
}
MODES = {
    Mode.SELF: _l("I operate"),
    Mode.OPERATOR: _l("Staff operate"),
    Mode.SAMPLES: _l("I send samples"),
}
MODE_HINTS = {
    Mode.SELF: _l("You come and work with it yourself."),
    Mode.OPERATOR: _l("You come, and the lab's people work with it."),
    Mode.SAMPLES: _l("You send them in, and get the results."),
}
DECLINE_REASONS = {
    DeclineReason.CAPACITY: _l("No time left"),
    DeclineReason.NOT_AUTHORISED: _l("Training or authorisation is missing"),
    DeclineReason.UNSUITABLE: _l("The equipment does not suit the work"),
    DeclineReason.SAFETY: _l("Safety"),
    DeclineReason.PAPERWORK: _l("Papers are missing"),
    DeclineReason.OTHER: _l("Other"),
}

PRESET_NAMES = {
    Preset.SELF_SERVICE: _l("Self service: taken at once, by verified companies"),
    Preset.STAFF_RUN: _l("Run by staff: every request is answered"),
    Preset.TRAINED_ONLY: _l("For trained people only"),
    Preset.SAMPLES_ONLY: _l("Samples only: nobody comes"),
}
LAYERS = {
    Layer.HOUSE: _l("the house"),
    Layer.LAB: _l("the lab"),
    Layer.EQUIPMENT: _l("this instrument"),
}
"""Who said a value that is in force."""

SECOND_APPROVALS = {
    SecondApproval.NEVER: _l("is not asked"),
    SecondApproval.HAZARDS: _l("where samples with hazards are sent in"),
    SecondApproval.ALWAYS: _l("always"),
}
"""When the safety officer has to agree as well."""

TAKEN_BY = {
    ClaimKind.BOOKING: _l("Booked by others"),
    ClaimKind.HOLD: _l("Held for others"),
    ClaimKind.MAINTENANCE: _l("Maintenance"),
    ClaimKind.OUTAGE: _l("Out of service"),
    ClaimKind.CLOSURE: _l("Closed"),
    ClaimKind.TIMETABLE: _l("Teaching"),
}

WAITS = {
    WaitState.WAITING: _l("Waiting"),
    WaitState.OFFERED: _l("Held for you"),
    WaitState.SERVED: _l("Taken"),
    WaitState.LEFT: _l("Left"),
    WaitState.LAPSED: _l("No answer"),
    WaitState.EXPIRED: _l("Nothing became free"),
}

REFUSALS = {
    **accounts.REFUSALS,
    ("organisation", "choose"): _l("Choose for which organisation you ask."),
    ("organisation", "join"): _l(
        "You belong to no organisation yet. Ask its administrator to invite you, or register it."
    ),
    ("company", "no_name"): _l("Write a name of at most 200 characters, without an internet address."),
    ("occurrences", "choose_one"): _l("Choose which date is meant."),
    ("occurrences", "required"): _l("Say yes or no to at least one date."),
    ("recurrence.rrule", "rule_too_many"): _l("At most 366 dates at once: end it earlier."),
    ("recurrence.rrule", "rule_too_far"): _l("It reaches more than ten years ahead: end it earlier."),
    ("recurrence.rrule", "rule_no_date"): _l(
        "No date is left: the rule ends before its first, or all are left out."
    ),
    ("recurrence", "sign_in"): _l("Sign in to ask for several dates at once."),
    ("user", "no_colleague"): _l("Choose an active member of your organisation."),
    ("ends_at", "not_later"): _l("Choose a later end than it has now."),
    ("reason", "required"): _l("Write why: the company reads it."),
    ("template", "unknown"): _l("This ready answer is there no more. Choose another one."),
    ("to", "past"): _l("This day is past."),
    ("to", "too_soon"): _l("The length does not fit into these days."),
    ("to", "window_too_long"): _l("Wait for at most three months ahead."),
    ("equipment", "waits_already"): _l("Your organisation waits for exactly this already."),
    ("organisation", "too_many_waiting"): _l(
        "Your organisation waits for as much as it may: leave something first."
    ),
    ("starts_at", "same_time"): _l("This is the time that was asked for. Choose another one."),
    ("override", "required"): _l("Write why this request is an exception."),
    ("override", "too-long"): _l("This is too long. Shorten it."),
}
"""What a service found wrong, by field and code, as said beside the field."""

RULES_REFUSED = {
    "out_of_range": _l("This is more, or less, than can be meant."),
    "shorter_than_least": _l("The longest must not be shorter than the shortest."),
    "not_in_a_day": _l("The grid has to fit into a day: choose one of the list."),
    "no_length_on_grid": _l("Between the shortest and the longest no length is left that fits the grid."),
    "unknown": _l("There is no such paper."),
    "not_for_all": _l("With this no length is left for an equipment of the lab that has a rule of its own."),
}
"""The same of what a lab asks of a booking, by code: any limit can be out of range."""

RULE_NAMES = {
    Code.OUTSIDE_HOURS: _l("Opening hours"),
    Code.CLOSED_DAY: _l("Closed day"),
    Code.TOO_SHORT: _l("Shortest booking"),
    Code.TOO_LONG: _l("Longest booking"),
    Code.TOO_SOON: _l("Notice"),
    Code.TOO_FAR: _l("Days ahead"),
    Code.OFF_GRID: _l("Grid"),
    Code.IN_THE_PAST: _l("The past"),
    Code.BAD_LOCAL_TIME: _l("The clock"),
    Code.MODE_NOT_OFFERED: _l("Way of working"),
    Code.NOT_VERIFIED: _l("Verified organisation"),
    Code.TOO_MANY_OPEN: _l("Open requests"),
    Code.OUT_OF_SERVICE: _l("Out of service"),
    Code.TOO_MANY_WANTED: _l("How many there are"),
    Code.NO_SINGLE_UNIT: _l("One unit throughout"),
    Code.LAB_DECIDES: _l("The lab's answer"),
    Code.SAFETY_DECIDES: _l("The safety officer's answer"),
    Code.RIVALS: _l("Others who ask"),
    Code.QUOTA_SPENT: _l("Quota"),
    Code.NOT_AUTHORISED: _l("Authorisation"),
    Code.NO_AGREEMENT: _l("Agreement"),
    Code.PAPERWORK_MISSING: _l("Papers"),
    Code.NOT_ALONE: _l("Not lent alone"),
}
"""What a rule is about, for those who read of it without the case."""


@dataclass(frozen=True)
class Worded:
    """A verdict as a person reads it. `remedy` is None where nothing is to be done."""

    code: str
    severity: Severity
    overridable: bool
    text: str
    remedy: str | None


def worded(verdict: Verdict, zone: ZoneInfo) -> Worded:
    """The verdict in the reader's language, times in the lab's zone."""
    if verdict.severity is Severity.MET:
        text, remedy = str(_MET[verdict.code]), None
    else:
        text, remedy = _FOUND[verdict.code](verdict.params, zone)
    return Worded(verdict.code.value, verdict.severity, verdict.overridable, text, remedy)


def unit_name(unit: Unit) -> str:
    """One physical copy, as the lab calls it."""
    number = number_text(unit.number or 0)
    if unit.asset_tag:
        return str(_("unit %(number)s (%(tag)s)", number=number, tag=isolated(unit.asset_tag)))
    return str(_("unit %(number)s", number=number))


_MET = {
    Code.IN_THE_PAST: _l("The time lies ahead."),
    Code.NOT_VERIFIED: _l("The organisation is verified."),
    Code.TOO_MANY_OPEN: _l("It has no other request open, or few enough."),
    Code.OUT_OF_SERVICE: _l("In service."),
    Code.OUTSIDE_HOURS: _l("Inside opening hours."),
    Code.CLOSED_DAY: _l("The lab is open."),
    Code.TOO_SHORT: _l("Long enough."),
    Code.TOO_LONG: _l("Not too long."),
    Code.TOO_SOON: _l("Asked early enough."),
    Code.TOO_FAR: _l("Not too far ahead."),
    Code.OFF_GRID: _l("It begins and ends when bookings of the lab do."),
    Code.BAD_LOCAL_TIME: _l("A time that exists."),
    Code.MODE_NOT_OFFERED: _l("The lab offers this way of working."),
    Code.LAB_DECIDES: _l("Approved at once."),
    Code.SAFETY_DECIDES: _l("Nobody else has to agree."),
    Code.RIVALS: _l("Nobody else asks for this time yet. It is yours once the lab agrees."),
    Code.TOO_MANY_WANTED: _l("The lab has that many."),
    Code.NO_SINGLE_UNIT: _l("One unit is free throughout."),
    **access_wording.MET,
}

Said = tuple[str, str | None]
Params = Mapping[str, Any]


def _past(_params: Params, _zone: ZoneInfo) -> Said:
    return _("This time is already past."), _("Choose a time that lies ahead.")


def _not_verified(_params: Params, _zone: ZoneInfo) -> Said:
    return (
        _("The organisation is not verified yet, so the lab decides about this request."),
        _("The liaison office verifies organisations; nothing else is needed for that."),
    )


def _too_many_open(params: Params, zone: ZoneInfo) -> Said:
    if params.get("in_lab"):
        return access_wording.too_many_open_here(params, zone)
    text = ngettext(
        "An organisation that is not verified may have %(shown)s open request.",
        "An organisation that is not verified may have %(shown)s open requests.",
        params["limit"],
        shown=number_text(params["limit"]),
    )
    return text, _("Wait for the answer to your request, or cancel it first.")


def _out_of_service(_params: Params, _zone: ZoneInfo) -> Said:
    return _("It is out of service."), _("Look for similar equipment, or ask the lab when it is back.")


def _outside_hours(params: Params, zone: ZoneInfo) -> Said:
    openings: list[Span] = params["openings"]
    times = _(", ").join(_range(span, zone) for span in openings[:3])
    return _("Outside the lab's opening hours."), _("Open that day: %(times)s.", times=times)


def _closed_day(_params: Params, _zone: ZoneInfo) -> Said:
    return _("The lab is closed on this day."), _("Choose another day.")


def _too_short(params: Params, _zone: ZoneInfo) -> Said:
    least, samples = duration_text(params["minutes"]), params.get("samples")
    if samples:
        text = ngettext(
            "Shorter than %(shown)s sample takes.",
            "Shorter than %(shown)s samples take.",
            samples,
            shown=number_text(samples),
        )
        return text, _("Book at least %(length)s.", length=least)
    return _("Shorter than this equipment is lent."), _("Book at least %(length)s.", length=least)


def _too_long(params: Params, _zone: ZoneInfo) -> Said:
    most = duration_text(params["minutes"])
    return _("Longer than this equipment is lent at a time."), _("Book at most %(length)s.", length=most)


def _too_soon(params: Params, zone: ZoneInfo) -> Said:
    return (
        _("The lab needs %(length)s of notice.", length=duration_text(params["minutes"])),
        _("The earliest start is %(when)s.", when=moment_text(params["earliest"], zone)),
    )


def _too_far(params: Params, zone: ZoneInfo) -> Said:
    days = ngettext(
        "The lab takes requests up to %(shown)s day ahead.",
        "The lab takes requests up to %(shown)s days ahead.",
        params["days"],
        shown=number_text(params["days"]),
    )
    latest, asks_from = moment_text(params["latest"], zone), day_text(params["asks_from"], zone)
    return days, _(
        "The latest start is %(when)s. For this time you may ask from %(day)s on.", when=latest, day=asks_from
    )


def _off_grid(params: Params, zone: ZoneInfo) -> Said:
    text = _(
        "Bookings here begin and end every %(length)s, counted from midnight.",
        length=duration_text(params["minutes"]),
    )
    (earlier, later), (sooner, after) = params["starts"], params["ends"]
    starts = {"before": clock_text(earlier, zone), "after": clock_text(later, zone)}
    ends = {"sooner": clock_text(sooner, zone), "later": clock_text(after, zone)}
    if sooner == after:
        return text, _("Begin at %(before)s or at %(after)s.", **starts)
    if earlier == later:
        return text, _("End at %(sooner)s or at %(later)s.", **ends)
    return text, _(
        "Begin at %(before)s or at %(after)s, and end at %(sooner)s or at %(later)s.", **starts, **ends
    )


def _bad_local_time(params: Params, _zone: ZoneInfo) -> Said:
    if params.get("twice"):
        return _("The clocks go back then: this time comes twice."), _("Choose a time outside that hour.")
    return _("The clocks go forward then: this time does not exist."), _("Choose a time outside that hour.")


def _mode_not_offered(params: Params, _zone: ZoneInfo) -> Said:
    offered = _(", ").join(str(MODES[Mode(mode)]) for mode in params["offered"])
    return (
        _("The lab does not offer this way of working."),
        _("It offers: %(modes)s.", modes=offered) if offered else None,
    )


def _lab_decides(params: Params, _zone: ZoneInfo) -> Said:
    length = duration_text(params["minutes"])
    return _("The lab answers each request, within %(length)s of working time.", length=length), None


def _safety_decides(_params: Params, _zone: ZoneInfo) -> Said:
    return _("After the lab, its safety officer has to agree."), None


def _rivals(params: Params, _zone: ZoneInfo) -> Said:
    text = ngettext(
        "%(shown)s other asks for this time; the lab chooses.",
        "%(shown)s others ask for this time; the lab chooses.",
        params["many"],
        shown=number_text(params["many"]),
    )
    return text, _("Another time may be had sooner.")


def _too_many_wanted(params: Params, _zone: ZoneInfo) -> Said:
    text = _(
        "You ask for %(wanted)s and the lab has %(capacity)s.",
        wanted=number_text(params["wanted"]),
        capacity=number_text(params["capacity"]),
    )
    return text, _("Ask for fewer, or at two times.")


def _no_single_unit(_params: Params, _zone: ZoneInfo) -> Said:
    return (
        _("Enough are free at each moment, but no single one throughout."),
        _("Choose a shorter time or another one."),
    )


_FOUND: dict[Code, Callable[[Params, ZoneInfo], Said]] = {
    Code.IN_THE_PAST: _past,
    Code.NOT_VERIFIED: _not_verified,
    Code.TOO_MANY_OPEN: _too_many_open,
    Code.OUT_OF_SERVICE: _out_of_service,
    Code.OUTSIDE_HOURS: _outside_hours,
    Code.CLOSED_DAY: _closed_day,
    Code.TOO_SHORT: _too_short,
    Code.TOO_LONG: _too_long,
    Code.TOO_SOON: _too_soon,
    Code.TOO_FAR: _too_far,
    Code.OFF_GRID: _off_grid,
    Code.BAD_LOCAL_TIME: _bad_local_time,
    Code.MODE_NOT_OFFERED: _mode_not_offered,
    Code.LAB_DECIDES: _lab_decides,
    Code.SAFETY_DECIDES: _safety_decides,
    Code.RIVALS: _rivals,
    Code.TOO_MANY_WANTED: _too_many_wanted,
    Code.NO_SINGLE_UNIT: _no_single_unit,
    **access_wording.FOUND,
}


def _range(span: Span, zone: ZoneInfo) -> str:
    return hours_text(span, zone)
