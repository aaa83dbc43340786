"""What the search over everything finds among gifts."""

from flask import url_for
from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.core.i18n import localized
from app.core.text import isolated
from app.donations.queries.board import Called, find_by_reference, list_called
from app.web.search import SHOWN, Group, Hit, Source


def _find(text: str) -> Group | None:
    who = viewer()
    if who is None:
        return None
    found = list_called(who, text)
    return Group(
        title=_("Gifts"),
        icon="gift",
        hits=[_hit(one) for one in found[:SHOWN]],
        more=url_for("donations.index", q=text) if len(found) > SHOWN else None,
    )


def _hit(offer: Called) -> Hit:
    return Hit(
        title=str(_(", ")).join(isolated(thing) for thing in offer.things),
        url=_address(offer.id),
        reference=offer.reference,
        detail=localized(offer),
    )


def _address(offer_id: int) -> str:
    return url_for("donations.show", offer_id=offer_id)


def _named(reference: str) -> str | None:
    who = viewer()
    found = find_by_reference(who, reference) if who else None
    return _address(found) if found else None


OFFERS = Source(find=_find, named=_named)
