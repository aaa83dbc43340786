"""What can be wrong with a value that was sent: a code, and its sentence in the reader's language."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _


class Finding(str):
    """The code of what is wrong, with the figures of its sentence. A str, so that marshmallow keeps it."""

    __slots__ = ("params",)
    params: dict[str, Any]

    def __new__(cls, code: str, **params: Any) -> "Finding":
        finding = super().__new__(cls, code)
        finding.params = params
        return finding


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The finding in words; a code that only its feature knows gets a general sentence."""
    sentences = {
        "required": _("This is needed."),
        "null": _("This may not be null."),
        "empty": _("This may not be empty."),
        "unknown": _("There is no such field here."),
        "wrong_type": _("This is of the wrong type."),
        "too_long": _("Longer than %(max)s."),
        "too_short": _("Shorter than %(min)s."),
        "too_small": _("Less than %(min)s."),
        "too_large": _("More than %(max)s."),
        "not_a_choice": _("Not one of: %(choices)s."),
        "repeated": _("Given more than once."),
        "unreadable_text": _("Has characters that cannot be stored."),
        "not_an_instant": _("Not a time in ISO 8601, such as 2026-11-22T10:00:00+03:30."),
        "no_offset": _("The time needs an offset, such as 2026-11-22T10:00:00+03:30 or …Z."),
        "not_a_day": _("Not a day, such as 2026-11-22."),
        "out_of_calendar": _("Outside the years that can be booked."),
        "not_an_address": _("Not an e-mail address."),
        "ends_before_it_starts": _("The end must come after the start."),
        "window_too_long": _("At most %(days)s days at once."),
        "not_a_cursor": _("Not a place in this list: follow the address in “next”."),
        "one_of": _("Give one of: %(names)s."),
        "waits_already": _("Your organisation waits for exactly this already."),
        "too_many_waiting": _("Your organisation waits for as much as it may: leave something first."),
        "past": _("This time is past."),
        "too_soon": _("The length does not fit before it."),
        "still_free": _("It can still be had before then: see GET /free."),
        "choose": _("Say for which of your organisations."),
        "choose_one": _("Name one of the dates."),
        "same_time": _("It is the time that was asked for."),
        "join": _("You belong to no organisation yet."),
        **_of_outages(),
        **_of_upkeep(),
        **_of_rules(),
    }
    known = sentences.get(code, _("This does not fit here."))
    return str(known) % {key: _shown(value) for key, value in params.items()}


def _of_outages() -> dict[str, str]:
    """What can be wrong with what cannot be used."""
    return {
        "required_ahead": _("Say until when: without an end it begins now."),
        "before_start": _("The end must come after the start."),
        "outage_too_long": _("At most a year; without an end it lasts until you say that it works."),
        "equipment_only": _("Only with one equipment."),
        "not_in_service": _("There is no such unit of it in service."),
        "one_unit": _("One unit is one: leave out the number."),
        "out-of-range": _("More than there are in service."),
    }


def _of_upkeep() -> dict[str, str]:
    """What can be wrong with faults and plans of maintenance."""
    return {
        "interval_needs_both": _("Give both `every` and `per`, or neither."),
        "interval_too_long": _("At most ten years. For what comes more rarely, name the day."),
        "before_last_done": _("It was done later than that already."),
        "not_of_people": _("People have no faults to report, and no maintenance."),
        "not_yet": _("This day is still to come."),
    }


def _of_rules() -> dict[str, str]:
    """What can be wrong with a recurrence, and what to write instead."""
    return {
        "rule_unreadable": _("Write it as RFC 5545 does: FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10."),
        "rule_part": _("Of RRULE only FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY and WKST are known."),
        "rule_needs_freq": _("FREQ is missing: DAILY, WEEKLY or MONTHLY."),
        "rule_freq": _("FREQ is DAILY, WEEKLY or MONTHLY here."),
        "rule_needs_end": _("Say when it ends: either COUNT=10 or UNTIL=20271231."),
        "rule_interval": _("INTERVAL is a whole number from 1."),
        "rule_count": _("COUNT is a whole number from 1."),
        "rule_until": _("UNTIL is a day or an instant in UTC: 20271231 or 20271231T160000Z."),
        "rule_byday": _("BYDAY is a list of weekdays: MO,WE; counted ones (2TU) need FREQ=MONTHLY."),
        "rule_byday_monthly": _("With FREQ=MONTHLY a weekday is counted: 2TU is the second Tuesday."),
        "rule_bymonthday": _("BYMONTHDAY needs FREQ=MONTHLY without BYDAY, and days 1 to 31 (-1: the last)."),
        "rule_wkst": _("WKST is one weekday: SA."),
        "rule_too_many": _("At most 366 dates at once: end it earlier."),
        "rule_too_far": _("It reaches more than ten years ahead: end it earlier."),
        "itself": _("Nothing can need itself."),
        "circle": _("That one takes this one along already: nothing can need itself."),
        "twice": _("Each may be named once."),
        "rule_no_date": _("No date is left: the rule ends before its first, or all are left out."),
        "not_a_date_of_it": _(
            "Not a day, such as 2026-12-24, nor an instant, such as 2026-12-24T09:00:00+03:30."
        ),
    }


def flattened(messages: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Finding]]:
    """marshmallow's nested messages as pairs of a path ("people.0.email") and what is wrong there."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            below = path if key == "_schema" else (*path, str(key))
            yield from flattened(inner, below)
    elif isinstance(messages, list):
        for message in messages:
            yield from flattened(message, path)
    else:
        yield ".".join(path), messages if isinstance(messages, Finding) else Finding("invalid")


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
