"""Where needs stand in the menu."""

from flask_babel import gettext as _

from app.web.navigation import Entry


def board() -> list[Entry]:
    """What is asked for, for everybody."""
    return [Entry(endpoint="needs.board", label=_("Needs"), icon="gift")]
