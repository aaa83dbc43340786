"""The history of a booking, as lines a person reads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.booking.models import Occurrence
from app.booking.queries.history import Happening
from app.booking.rules.states import HOLDING
from app.core.clock import now
from app.core.spans import Span
from app.core.text import isolated
from app.web.formats import moment_short_text, span_short_text


@dataclass(frozen=True)
class Step:
    """One line: what, when, and whether it is behind us, due or ahead."""

    text: str
    when: str
    state: str


def steps(happenings: Sequence[Happening], date: Occurrence, zone: ZoneInfo) -> list[Step]:
    """What happened, and what comes next where something does."""
    first = happenings[:1]
    at_once = [replace(one, name="BookedAtOnce") for one in first if one.name == "BookingApproved"]
    told = [*(at_once or first), *happenings[1:]]
    done = [Step(_told(one, zone), moment_short_text(one.at, zone), "done") for one in told]
    return [*done, *_next(date, zone)]


def _told(one: Happening, zone: ZoneInfo) -> str:
    if one.who is None:
        return _BY_ITSELF.get(one.name, _unknown)()
    who = isolated(one.who)
    if one.instead_of:
        who = str(_("%(who)s for %(absent)s", who=who, absent=isolated(one.instead_of)))
    if one.name == "BookingMoved":
        was = Span(*(datetime.fromisoformat(one.data[key]) for key in ("from_starts_at", "from_ends_at")))
        return str(_("%(who)s moved it, from %(when)s", who=who, when=span_short_text(was, zone)))
    if one.name == "BookingProposed":
        was = Span(*(datetime.fromisoformat(one.data[key]) for key in ("from_starts_at", "from_ends_at")))
        return str(
            _("%(who)s proposed another time instead of %(when)s", who=who, when=span_short_text(was, zone))
        )
    name = "CancelledLate" if one.name == "BookingCancelled" and one.data.get("is_late") else one.name
    return _BY_SOMEBODY.get(name, _unknown_by)(who)


def _next(date: Occurrence, zone: ZoneInfo) -> list[Step]:
    if date.state not in HOLDING or date.ends_at <= now():
        return []
    begins = Step(_("It begins"), moment_short_text(date.starts_at, zone), "ahead")
    if date.decided_at is None and date.answer_by is not None and date.expires_at is None:
        until = _("until %(when)s", when=moment_short_text(date.answer_by, zone))
        return [Step(_("The lab answers"), until, "now"), begins]
    return [begins]


def _unknown() -> str:
    return str(_("Something changed"))


def _unknown_by(who: str) -> str:
    return str(_("%(who)s changed something", who=who))


_BY_SOMEBODY = {
    "BookingRequested": lambda who: str(_("%(who)s asked", who=who)),
    "BookingEntered": lambda who: str(_("%(who)s entered it from the old diary", who=who)),
    "BookedAtOnce": lambda who: str(_("%(who)s booked it", who=who)),
    "BookingConfirmed": lambda who: str(_("%(who)s confirmed the e-mail address", who=who)),
    "BookingApproved": lambda who: str(_("%(who)s approved", who=who)),
    "BookingPartlyApproved": lambda who: str(_("%(who)s agreed; somebody else still has to", who=who)),
    "BookingLost": lambda who: str(_("%(who)s gave the time to another request", who=who)),
    "BookingDisplaced": lambda who: str(_("%(who)s noted that it cannot be used: it has to move", who=who)),
    "BookingCut": lambda who: str(_("%(who)s noted that it cannot be used: it ends early", who=who)),
    "BookingReplaced": lambda who: str(_("%(who)s found a place for it at its time", who=who)),
    "BookingDeclined": lambda who: str(_("%(who)s declined", who=who)),
    "DecisionTakenBack": lambda who: str(_("%(who)s took the answer back", who=who)),
    "ProposalAccepted": lambda who: str(_("%(who)s accepted the other time", who=who)),
    "RulesOverridden": lambda who: str(_("%(who)s made an exception to the rules", who=who)),
    "CancelledLate": lambda who: str(_("%(who)s called it off late", who=who)),
    "BookingCancelled": lambda who: str(_("%(who)s called it off", who=who)),
    "BookingCheckedIn": lambda who: str(_("%(who)s checked in", who=who)),
    "BookingCheckedOut": lambda who: str(_("%(who)s checked out", who=who)),
    "BookingExtended": lambda who: str(_("%(who)s extended it", who=who)),
    "BookingPassedOn": lambda who: str(_("%(who)s gave it to a colleague", who=who)),
    "SamplesReceived": lambda who: str(_("%(who)s received the samples", who=who)),
    "SamplesReturned": lambda who: str(_("%(who)s sent the samples back", who=who)),
    "CommentAdded": lambda who: str(_("%(who)s wrote a comment", who=who)),
    "ResultAdded": lambda who: str(_("%(who)s added results", who=who)),
    "BookingMissed": lambda who: str(_("%(who)s noted that nobody came", who=who)),
    "BookingAttended": lambda who: str(_("%(who)s noted that they came", who=who)),
}
_BY_ITSELF = {
    "BookingExpired": lambda: str(_("The request expired")),
    "BookingReminded": lambda: str(_("The lab was reminded")),
    "BookingOverdue": lambda: str(_("The lab's managers and the liaison office were told")),
    "ProposalExpired": lambda: str(_("Nobody answered the other time")),
    "BookingCompleted": lambda: str(_("It took place")),
    "BookingMissed": lambda: str(_("Nobody came, and the time was given back")),
}
