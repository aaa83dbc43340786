"""Where money stands in the menu."""

from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.charges.permissions import may_settle
from app.charges.queries.sites import select_charging
from app.web.navigation import Entry


def account() -> list[Entry]:
    """The statements: below the name of who belongs to an organisation, and of the office."""
    who = viewer()
    if who is None or not (who.organisation_ids() or may_settle(who)):
        return []
    return [
        Entry(endpoint="charges.statements", label=_("Statements"), icon="doc", only_if=select_charging())
    ]
