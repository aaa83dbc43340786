"""A date's state as one sentence: who has to do what, and until when."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.booking.models import DeclineReason, Occurrence, OccurrenceState
from app.booking.queries.outages import outage_of
from app.booking.wording import DECLINE_REASONS
from app.core.clock import now
from app.core.i18n import localized
from app.core.text import isolated
from app.inventory.models import Lab
from app.web.formats import clock_text, moment_text


def sentence(date: Occurrence) -> str:
    """How it stands with the date, in the reader's language."""
    return _SENTENCES[date.state](date)


def labs_of(date: Occurrence) -> list[Lab]:
    """The labs whose equipment it takes."""
    return list({item.equipment.lab_id: item.equipment.lab for item in date.items}.values())


def waits_for(date: Occurrence) -> list[Lab]:
    """The labs that have not answered yet."""
    return list(
        {item.equipment.lab_id: item.equipment.lab for item in date.items if item.agreed_at is None}.values()
    )


def is_overdue(date: Occurrence) -> bool:
    return date.answer_by is not None and date.answer_by < now()


def _requested(date: Occurrence) -> str:
    if date.expires_at is not None:
        return str(
            _(
                "Not sent yet: open the link in the mail to you until %(when)s. Until then the time is held.",
                when=clock_text(date.expires_at, _zone(date)),
            )
        )
    if not waits_for(date) and any(not item.is_settled for item in date.items):
        return str(_("The lab has agreed; its safety officer still has to."))
    who = names(waits_for(date) or labs_of(date))
    if date.answer_by is None:
        return str(_("Waiting for %(lab)s.", lab=who))
    when = moment_text(date.answer_by, _zone(date))
    if is_overdue(date):
        return str(_("Waiting for %(lab)s; they meant to answer until %(when)s.", lab=who, when=when))
    return str(_("Waiting for %(lab)s; they answer until %(when)s.", lab=who, when=when))


def _approved(date: Occurrence) -> str:
    if date.ends_at <= now():
        return str(_("Its time is over."))
    if date.starts_at <= now():
        return str(_("It is your time now, until %(when)s.", when=clock_text(date.ends_at, _zone(date))))
    return str(_("Approved: the time is yours."))


def _proposed(date: Occurrence) -> str:
    return str(_("%(lab)s proposes this time instead and waits for your answer.", lab=names(labs_of(date))))


def _in_use(date: Occurrence) -> str:
    return str(_("In use, until %(when)s.", when=clock_text(date.ends_at, _zone(date))))


def _completed(_date: Occurrence) -> str:
    return str(_("It took place."))


def _no_show(_date: Occurrence) -> str:
    return str(_("Nobody came, so the time was given back."))


def _declined(date: Occurrence) -> str:
    if date.reason_code is DeclineReason.CAPACITY and date.competes and not date.reason:
        return str(_("%(lab)s gave the time to another request.", lab=names(labs_of(date))))
    if date.reason_code is None:
        return str(_("%(lab)s declined.", lab=names(labs_of(date))))
    return str(
        _(
            "%(lab)s declined: %(reason)s.",
            lab=names(labs_of(date)),
            reason=DECLINE_REASONS[date.reason_code],
        )
    )


def _cancelled(_date: Occurrence) -> str:
    return str(_("It was called off, and the time is free again."))


def _expired(date: Occurrence) -> str:
    if date.expires_at is not None:
        return str(_("The link in the mail was not opened in time, so the time was given back."))
    return str(_("Nobody answered before it would have begun, so the request ended."))


def _displaced(date: Occurrence) -> str:
    outage = outage_of(date)
    said = _(
        "What it is on cannot be used then. Choose another time, or call it off;"
        " %(lab)s looks for a place too.",
        lab=names(labs_of(date)),
    )
    return f"{said} {isolated(outage.reason)}" if outage is not None and outage.reason else str(said)


_SENTENCES: dict[OccurrenceState, Callable[[Occurrence], str]] = {
    OccurrenceState.REQUESTED: _requested,
    OccurrenceState.PROPOSED: _proposed,
    OccurrenceState.APPROVED: _approved,
    OccurrenceState.IN_USE: _in_use,
    OccurrenceState.COMPLETED: _completed,
    OccurrenceState.NO_SHOW: _no_show,
    OccurrenceState.DECLINED: _declined,
    OccurrenceState.CANCELLED: _cancelled,
    OccurrenceState.EXPIRED: _expired,
    OccurrenceState.DISPLACED: _displaced,
}


def _zone(date: Occurrence) -> ZoneInfo:
    return date.items[0].equipment.lab.site.zone


def names(labs: list[Lab]) -> str:
    """The names of the labs, as one piece of a sentence."""
    return str(_(", ").join(isolated(localized(lab)) for lab in labs))
