"""The places that everybody may go to."""

from flask_babel import gettext as _

from app.web.navigation import Entry, is_signed_in


def menu() -> list[Entry]:
    return [
        Entry(endpoint="site.find", label=_("Find a time"), short=_("Find"), icon="clock"),
        Entry(endpoint="site.calendar", label=_("Calendar"), icon="cal"),
    ]


def account() -> list[Entry]:
    """What the day brings, first of all that is the person's own."""
    return [Entry(endpoint="site.my_day", label=_("My day"), icon="star")] if is_signed_in() else []
