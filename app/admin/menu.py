"""The way to the pages of administration, for those who have any."""

from flask_babel import gettext as _

from app.admin.views.home import has_sections
from app.web.navigation import Entry, is_signed_in


def menu() -> list[Entry]:
    if is_signed_in() and has_sections():
        return [Entry(endpoint="admin.index", label=_("Administration"), icon="menu", short=_("Admin"))]
    return []
