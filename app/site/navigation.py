"""The places that everybody may go to."""

from flask_babel import gettext as _

from app.web.navigation import Entry


def menu() -> list[Entry]:
    return [
        Entry(endpoint="site.find", label=_("Find a time"), short=_("Find"), icon="search"),
        Entry(endpoint="site.calendar", label=_("Calendar"), icon="cal"),
    ]
