"""Where gifts stand in the menu."""

from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.donations.permissions import may_answer_offers, may_see_offers
from app.donations.queries.board import select_offers_of, select_to_answer
from app.web.navigation import Entry


def menu() -> list[Entry]:
    """What waits for an answer, for the staff; for others their gifts, once there are any."""
    who = viewer()
    if who is None:
        return []
    is_staff = may_see_offers(who)
    return [
        Entry(
            endpoint="donations.index",
            label=_("Gifts"),
            icon="gift",
            count=select_to_answer(who) if may_answer_offers(who) else 0,
            only_if=None if is_staff else select_offers_of(who),
        )
    ]
