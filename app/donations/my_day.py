"""What gifts bring to a person's day: offers to answer, for the office; where one's own stand."""

from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.viewer import viewer
from app.core.counting import count_all
from app.core.text import isolated
from app.donations.permissions import may_answer_offers, may_see_offers
from app.donations.queries.board import Tab, select_on_the_way, select_to_answer
from app.donations.queries.offers import list_offers
from app.donations.rules.states import OfferState
from app.donations.wording import STATES
from app.web.formats import number_text
from app.web.my_day import Line

SHOWN = 5
OVER = (OfferState.WITHDRAWN, OfferState.LAPSED, OfferState.DECLINED)


def lines(_zone: ZoneInfo) -> list[Line]:
    who = viewer()
    if who is None:
        return []
    if may_answer_offers(who):
        to_answer, on_the_way = count_all([select_to_answer(who), select_on_the_way(who)])
        return [*_to_answer(to_answer), *_on_the_way(on_the_way)]
    if may_see_offers(who):
        return []
    return [
        Line(
            text=str(_(", ")).join(isolated(line.description) for line in offer.lines) or str(_("A gift")),
            detail=str(STATES[offer.state]),
            url=url_for("donations.show", offer_id=offer.id),
            action=str(
                _("Finish the offer") if offer.state is OfferState.DRAFT else _("See what comes next")
            ),
            is_news=offer.state is not OfferState.DRAFT,
        )
        for offer in list_offers(who, before=None, limit=SHOWN)
        if offer.state not in OVER
    ]


def _to_answer(count: int) -> list[Line]:
    if not count:
        return []
    text = ngettext(
        "%(shown)s gift waits for an answer.",
        "%(shown)s gifts wait for an answer.",
        count,
        shown=number_text(count),
    )
    url = url_for("donations.index", tab=Tab.TO_ANSWER.value)
    return [Line(text=str(text), url=url, action=str(_("Answer it")))]


def _on_the_way(count: int) -> list[Line]:
    if not count:
        return []
    text = ngettext(
        "%(shown)s gift is on its way.", "%(shown)s gifts are on their way.", count, shown=number_text(count)
    )
    url = url_for("donations.index", tab=Tab.ON_THE_WAY.value)
    return [Line(text=str(text), url=url, action=str(_("Look after its delivery")))]
