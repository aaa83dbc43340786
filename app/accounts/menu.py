"""The person's corner of every page, and what hangs below the person's name."""

from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.core.i18n import localized
from app.web.navigation import Entry


def tools() -> list[Entry]:
    """The way in, for visitors."""
    if viewer() is not None:
        return []
    return [
        Entry(endpoint="accounts.register", label=_("Register"), icon="plus"),
        Entry(endpoint="accounts.sign_in", label=_("Sign in"), icon="door"),
    ]


def account() -> list[Entry]:
    """What belongs to the person."""
    who = viewer()
    if who is None:
        return []
    own = [Entry(endpoint="accounts.account", label=_("Account"), icon="person")]
    if who.organisation_ids():
        own.append(Entry(endpoint="accounts.organisation", label=_("Organisation"), icon="people"))
    return own


def way_out() -> list[Entry]:
    """The last line of all."""
    if viewer() is None:
        return []
    return [Entry(endpoint="accounts.sign_out", label=_("Sign out"), icon="door", posts=True)]


def standing() -> str:
    """The organisation that the person acts for."""
    who = viewer()
    places = [one.organisation for one in who.memberships if one.ended_at is None] if who else []
    return localized(places[0]) if places else ""
