"""The way of a gift in words: what comes next, what happened, and what a service refused."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from babel.numbers import get_currency_name, get_currency_precision
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core.i18n import language
from app.core.text import isolated
from app.donations.models import Offer, OfferLine
from app.donations.queries.board import Sort, Tab
from app.donations.queries.story import Happening
from app.donations.rules.states import OfferState, Result, ValueBasis
from app.web.formats import date_short_text, number_text

TABS = {
    Tab.TO_ANSWER: _l("To answer"),
    Tab.ON_THE_WAY: _l("On the way"),
    Tab.IN_SERVICE: _l("In service"),
    Tab.CLOSED: _l("Closed"),
}
SORTS = {
    Sort.NEWEST: _l("Newest"),
    Sort.DUE: _l("Answer due first"),
    Sort.DONOR: _l("Donor"),
}
RESULTS = {
    Result.PASS: _l("Passed"),
    Result.FAIL: _l("Failed"),
}
BASES = {
    ValueBasis.DONOR_DECLARED: _l("declared by the donor"),
    ValueBasis.APPRAISAL: _l("declared by the donor, from an appraisal"),
    ValueBasis.MARKET: _l("declared by the donor, from market prices"),
    ValueBasis.INVOICE: _l("declared by the donor, from the invoice"),
    ValueBasis.BOOK: _l("declared by the donor, from its books"),
}
"""Whose word a value is: the university records, it does not value."""
REFUSALS = {
    "required": _l("This is needed."),
    "too-long": _l("This is too long."),
    "out-of-range": _l("Write a number from 1."),
    "in-the-past": _l("The day until which the offer holds is past. Make a new offer with a later day."),
    "in-the-future": _l("This day is still to come. Write the day on which both sides signed."),
    "more-than-offered": _l("Together with what came before, this is more than was offered."),
    "file-encrypted": _l("This PDF is locked with a password. Save it without one and send it again."),
    "file-active": _l(
        "This PDF holds scripts, a form that sends or other files. Print it into a new PDF and send that one."
    ),
    "file-too-large": _l("This file is larger than 10 MB. Choose a smaller one."),
    "file-too-many-pixels": _l("This picture has more than 40 million pixels. Make it smaller first."),
    "file-unknown": _l("Only PDF documents and JPEG, PNG and WebP pictures are taken, and whole ones."),
}
"""What a service found wrong, by code, as said beside the field."""
_NEXT = {
    OfferState.DRAFT: _l("A draft. Nobody at the university reads it before it is handed in."),
    OfferState.ACCEPTED: _l("Accepted. Both sides sign an agreement next."),
    OfferState.AGREED: _l("The agreement is signed. It is delivered next."),
    OfferState.DELIVERING: _l("It has arrived. What is missing is still to come."),
    OfferState.DECLINED: _l("The university cannot take it."),
    OfferState.WITHDRAWN: _l("The donor took it back."),
    OfferState.LAPSED: _l("Its day has passed without an agreement."),
}
_HAPPENED: dict[str, Callable[[str], str]] = {
    "OfferDrafted": lambda who: _("%(who)s wrote the offer", who=who),
    "OfferSubmitted": lambda who: _("%(who)s handed it in", who=who),
    "OfferTakenUp": lambda who: _("%(who)s took it up", who=who),
    "OfferAccepted": lambda who: _("%(who)s accepted it", who=who),
    "OfferDeclined": lambda who: _("%(who)s declined it", who=who),
    "OfferWithdrawn": lambda who: _("%(who)s took it back", who=who),
    "OfferAllocated": lambda who: _("%(who)s promised it to a need", who=who),
    "OfferAgreed": lambda who: _("%(who)s recorded the agreement", who=who),
    "OfferDelivered": lambda who: _("%(who)s entered a delivery", who=who),
    "OfferInspected": lambda who: _("%(who)s inspected a unit: it has passed", who=who),
    "OfferInspectedInVain": lambda who: _("%(who)s inspected a unit: it failed", who=who),
    "OfferCommissioned": lambda who: _("%(who)s put a unit into service", who=who),
}


def next_step(offer: Offer, *, today: date, awaiting: int, inspected: int, owed: int) -> str:
    """What comes next, in one sentence. The counts are units: waiting for a look, passed, still to come."""
    if offer.state in (OfferState.SUBMITTED, OfferState.IN_REVIEW):
        return answering(offer, today)
    if awaiting:
        return str(
            ngettext(
                "%(shown)s unit awaits inspection.",
                "%(shown)s units await inspection.",
                awaiting,
                shown=number_text(awaiting),
            )
        )
    if inspected:
        return str(
            ngettext(
                "%(shown)s unit has passed and goes into service next.",
                "%(shown)s units have passed and go into service next.",
                inspected,
                shown=number_text(inspected),
            )
        )
    if offer.state is OfferState.IN_SERVICE:
        return _in_service(owed)
    if offer.state is OfferState.DELIVERING and not owed:
        return str(_("All that came was damaged: nothing of it can go into service."))
    return str(_NEXT[offer.state])


def answering(offer: Offer, today: date) -> str:
    """Who answers and by when."""
    if offer.answer_by is None:
        return str(_("The university answers."))
    day = date_short_text(offer.answer_by)
    if offer.contact is None:
        return str(_("The liaison office answers by %(day)s.", day=day))
    who = isolated(offer.contact.name)
    if is_overdue(offer, today):
        return str(_("%(who)s was to answer by %(day)s.", who=who, day=day))
    return str(_("%(who)s answers by %(day)s.", who=who, day=day))


def is_overdue(offer: Offer, today: date) -> bool:
    waits = offer.state in (OfferState.SUBMITTED, OfferState.IN_REVIEW)
    return waits and offer.answer_by is not None and offer.answer_by < today


def happened(one: Happening) -> str:
    """One line of the history."""
    if one.who is None:
        return str(_("Its day passed")) if one.name == "OfferLapsed" else str(_("Something changed"))
    failed = one.data.get("result") == Result.FAIL
    said = _HAPPENED.get("OfferInspectedInVain" if failed else one.name)
    who = isolated(one.who)
    return str(said(who) if said else _("%(who)s changed something", who=who))


def how_many(line: OfferLine) -> str:
    """2 × Raman spectrometer; the name alone for one."""
    name = isolated(line.description)
    return name if line.quantity == 1 else f"{number_text(line.quantity)} × {name}"


def value_of(line: OfferLine) -> str | None:
    """The value as the donor put it: 1,250.50 euros."""
    if line.value_minor is None or line.currency is None:
        return None
    places = get_currency_precision(line.currency)
    amount = Decimal(line.value_minor).scaleb(-places)
    whole = amount == amount.to_integral_value()
    named = get_currency_name(line.currency, count=2, locale=language())
    return f"{number_text(amount, 0 if whole else places)} {named}"


def _in_service(owed: int) -> str:
    if not owed:
        return str(_("It is in service and can be booked."))
    return str(
        ngettext(
            "What came is in service; %(shown)s unit is still to come.",
            "What came is in service; %(shown)s units are still to come.",
            owed,
            shown=number_text(owed),
        )
    )
