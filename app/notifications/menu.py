"""The bell in the corner of every page."""

from flask_babel import gettext as _
from flask_login import current_user

from app.notifications.queries import select_unread
from app.web.navigation import Entry, is_signed_in


def tools() -> list[Entry]:
    if not is_signed_in():
        return []
    unread = select_unread(current_user)
    return [Entry(endpoint="notifications.index", label=_("News"), icon="bell", count=unread)]
