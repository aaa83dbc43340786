"""Who may have which calendar. Asked when a feed is made and again at every fetch."""

from app.accounts.models import Role, User
from app.booking.permissions import DECIDERS
from app.calendars.models import FeedScope
from app.calendars.queries.feeds import is_shown_to


def may_read(actor: User, scope: FeedScope, scope_id: int | None) -> bool:
    """Whether the calendar exists for this person.

    That of a place or a thing exists for whom its page does: what they may not know reads "busy" there
    and here.
    """
    if not actor.is_active:
        return False
    if scope is FeedScope.APPROVALS:
        return actor.has_role(Role.ADMIN, *DECIDERS)
    if scope is FeedScope.ORGANISATION:
        return scope_id in actor.organisation_ids() or actor.has_role(Role.ADMIN, Role.LIAISON)
    if scope in (FeedScope.EQUIPMENT, FeedScope.UNIT):
        return is_shown_to(actor, scope, scope_id)
    return True
