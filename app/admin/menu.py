"""The way to the pages of administration, for those who have any."""

from flask_babel import gettext as _
from flask_login import current_user

from app.admin.views.home import sections
from app.web.navigation import Entry, is_signed_in


def menu() -> list[Entry]:
    # Who has no role has no section, which is cheaper to know.
    if is_signed_in() and current_user.grants and sections():
        return [Entry(endpoint="admin.index", label=_("Administration"), icon="menu", short=_("Admin"))]
    return []
