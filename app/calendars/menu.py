"""Where subscriptions stand below the person's name."""

from flask_babel import gettext as _

from app.web.navigation import Entry, is_signed_in


def account() -> list[Entry]:
    if not is_signed_in():
        return []
    return [Entry(endpoint="calendars.index", label=_("Calendar subscriptions"), icon="cal")]
