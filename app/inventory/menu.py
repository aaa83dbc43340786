"""The catalogue in the menu of every page."""

from flask_babel import gettext as _

from app.web.navigation import Entry


def menu() -> list[Entry]:
    return [Entry(endpoint="inventory.catalogue", label=_("Equipment"), icon="tool")]
