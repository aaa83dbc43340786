"""The verdicts about those who come, in words: authorisation, agreement, papers, quotas, and what
comes along. For wording.py."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.agreements.models import PaperKind
from app.agreements.wording import PAPERS
from app.booking.verdicts import Code
from app.core.text import isolated
from app.web.formats import date_text, day_text, duration_text, moment_text, number_text

Said = tuple[str, str | None]
Params = Mapping[str, Any]

MET = {
    Code.QUOTA_SPENT: _l("Within what an organisation may have in this time."),
    Code.NOT_AUTHORISED: _l("Somebody who comes is authorised."),
    Code.NO_AGREEMENT: _l("An agreement is in force."),
    Code.PAPERWORK_MISSING: _l("The papers are valid."),
    Code.NOT_ALONE: _l("What only comes along does so."),
}


def too_many_open_here(params: Params, _zone: ZoneInfo) -> Said:
    text = ngettext(
        "An organisation may have %(shown)s open request in this lab.",
        "An organisation may have %(shown)s open requests in this lab.",
        params["limit"],
        shown=number_text(params["limit"]),
    )
    return text, _("Wait for the answer to your request, or cancel it first.")


def _quota_spent(params: Params, zone: ZoneInfo) -> Said:
    figures = {
        "used": duration_text(params["used"]),
        "limit": duration_text(params["limit"]),
        "asked": duration_text(params["asked"]),
    }
    return _spent(params, figures), _(
        "It begins anew on %(day)s. Ask for a time from then on, or for a shorter one.",
        day=day_text(params["renews"], zone),
    )


def _spent(params: Params, figures: dict[str, str]) -> str:
    """A whole sentence for each kind of quota."""
    sentences = {
        ("week", False): _(
            "Of %(limit)s a week %(used)s are used, and this would take %(asked)s.", **figures
        ),
        ("month", False): _(
            "Of %(limit)s a month %(used)s are used, and this would take %(asked)s.", **figures
        ),
        ("week", True): _(
            "Of %(limit)s of the busiest hours a week %(used)s are used, and this would take %(asked)s.",
            **figures,
        ),
        ("month", True): _(
            "Of %(limit)s of the busiest hours a month %(used)s are used, and this would take %(asked)s.",
            **figures,
        ),
    }
    return str(sentences[params["per"], params["is_prime"]])


def _not_authorised(params: Params, zone: ZoneInfo) -> Said:
    ended, training, phone = params["ended"], params["next_training"], params["phone"]
    if ended is not None:
        text = _("The authorisation ends before this booking: its last day is %(day)s.", day=date_text(ended))
    else:
        text = _("Nobody who comes is authorised to work with it alone.")
    if training is not None:
        return text, _("The next training is on %(when)s.", when=moment_text(training, zone))
    if phone:
        return text, _(
            "Ask the lab for a training: %(phone)s. Or let its staff operate.", phone=isolated(phone)
        )
    return text, _("Ask the lab's manager for a training, or let its staff operate.")


def _no_agreement(params: Params, _zone: ZoneInfo) -> Said:
    remedy = _("The liaison office signs terms of service with you: then you may ask.")
    if params["ended"] is not None:
        ended = date_text(params["ended"])
        return _("The agreement ends before this booking: its last day is %(day)s.", day=ended), remedy
    return _("The lab works for organisations that have an agreement, and none is in force."), remedy


def _paperwork_missing(params: Params, _zone: ZoneInfo) -> Said:
    lacking = _(", ").join(_paper(kind, ended) for kind, ended in params["lacking"])
    return _("Papers of the organisation are missing or not valid on that day."), _(
        "Send to the liaison office: %(papers)s.", papers=lacking
    )


def _paper(kind: str, ended: Any) -> str:
    name = str(PAPERS[PaperKind(kind)])
    if ended is None:
        return name
    return str(_("%(paper)s (it was valid until %(day)s)", paper=name, day=date_text(ended)))


def _not_alone(_params: Params, _zone: ZoneInfo) -> Said:
    return (
        _("It is not lent by itself, only along with something that needs it."),
        _("Ask for what you want to use it with; it comes along."),
    )


FOUND: dict[Code, Callable[[Params, ZoneInfo], Said]] = {
    Code.QUOTA_SPENT: _quota_spent,
    Code.NOT_AUTHORISED: _not_authorised,
    Code.NO_AGREEMENT: _no_agreement,
    Code.PAPERWORK_MISSING: _paperwork_missing,
    Code.NOT_ALONE: _not_alone,
}

RIGHTS_REFUSED = {
    "out_of_range": _l("This is more, or less, than can be meant."),
    "one_or_a_kind": _l("Choose one organisation or a kind of them, not both."),
    "ends-before-it-starts": _l("The end comes before the beginning."),
    "required": _l("This is needed."),
    "nobody": _l("No active account has this address. Ask the person to register first."),
    "one_of_both": _l("Choose one instrument or a kind, not both."),
    "too-long": _l("This is too long. Shorten it."),
    "before_first": _l("The end comes before the beginning."),
    "term_too_long": _l("At most a year at once."),
    "past": _l("This day is past."),
    "not_of_the_university": _l("Nobody of the university has an active account with this address."),
    "not_of_the_staff": _l("This person has no role at the university. Ask the lab's manager to name them."),
    "the_same_person": _l("Nobody stands in for themselves."),
    "decides_already": _l("This person answers for the lab already."),
    "deputises_already": _l("This person stands in for somebody already: end that first."),
    "away_then": _l("They are noted as away then already."),
    "deputised_then": _l("Somebody stands in for this person then already."),
    "twice": _l("The same number of samples stands there twice."),
    "too_many": _l("There are as many as there may be. Remove one first."),
    "more_takes_longer": _l("More samples have to take at least as long as fewer."),
}
"""What is wrong with a quota, an authorisation, a deputy or a table of samples, by code."""
