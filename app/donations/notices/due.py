"""Reminders of the day by which a donor was promised an answer. What is due is read from the offers."""

from app.accounts.models import User
from app.accounts.queries import list_liaisons
from app.core.db import unit_of_work
from app.donations.models import Offer
from app.donations.notices.steps import DUE_SOON, OVERDUE, News, tell_one
from app.donations.permissions import may_offer_for
from app.donations.queries.days import days_off
from app.donations.queries.lapsing import list_unanswered
from app.donations.rules.reminding import Due, due_of
from app.extensions import db
from app.inventory.queries.places import home_today

NEWS: dict[Due, News] = {Due.SOON: DUE_SOON, Due.OVERDUE: OVERDUE}


def remind_of_answers() -> int:
    """Tell the contact three working days before, and the whole liaison office once it is overdue.

    Each person once for each offer, however often this runs. How many offers are due is the answer.
    """
    today, is_off = home_today(), days_off()
    found = [(one.id, due_of(one.answer_by, today, is_off)) for one in list_unanswered() if one.answer_by]
    return sum(_remind(offer_id, due) for offer_id, due in found if due)


@unit_of_work
def _remind(offer_id: int, due: Due) -> bool:
    offer = db.session.get_one(Offer, offer_id)
    news = NEWS[due]
    for person in _people(offer, due):
        tell_one(person, offer, news, f"offer:{offer.id}:{news.name}:{offer.answer_by}")
    return True


def _people(offer: Offer, due: Due) -> list[User]:
    """Nobody of the giving side."""
    contact = offer.contact if due is Due.SOON else None
    people = [contact] if contact and contact.is_active else list_liaisons()
    return [one for one in people if not may_offer_for(one, offer.organisation_id)]
