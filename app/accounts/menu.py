"""The person's corner of every page."""

from flask_babel import gettext as _

from app.web.navigation import Entry, is_signed_in


def tools() -> list[Entry]:
    """One's account; for visitors the way in."""
    if is_signed_in():
        return [Entry(endpoint="accounts.account", label=_("Account"), icon="people")]
    return [
        Entry(endpoint="accounts.register", label=_("Register"), icon="plus"),
        Entry(endpoint="accounts.sign_in", label=_("Sign in"), icon="people"),
    ]
