"""What the search over everything finds among bookings."""

import re

from flask import url_for
from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.booking.queries.mine import Called, find_reference, list_called
from app.core.i18n import localized
from app.core.text import isolated
from app.web.formats import date_text
from app.web.search import SHOWN, Group, Hit, Source

_REFERENCE = re.compile(r"KG[-\s]?([0-9A-Z]{6})(?:/\d+)?")
"""As it is read out; behind the slash stands the number of a quote for it."""


def _find(text: str) -> Group | None:
    who = viewer()
    if who is None:
        return None
    found = list_called(who, text, limit=SHOWN + 1)
    return Group(
        title=_("Bookings"),
        icon="cal",
        hits=[_hit(one) for one in found[:SHOWN]],
        more=url_for("booking.index", q=text, whose="labs") if len(found) > SHOWN else None,
    )


def _hit(booking: Called) -> Hit:
    return Hit(
        title=str(_(", ")).join(isolated(localized(thing)) for thing in booking.things),
        url=_address(booking.reference),
        reference=booking.reference,
        detail=f"{isolated(localized(booking.organisation))} · {date_text(booking.day)}",
    )


def _address(reference: str) -> str:
    return url_for("booking.show", reference=reference)


def _named(reference: str) -> str | None:
    who, named = viewer(), _REFERENCE.fullmatch(reference)
    found = find_reference(who, f"KG-{named[1]}") if who and named else None
    return _address(found) if found else None


BOOKINGS = Source(find=_find, named=_named)
