"""Where needs stand in the menu."""

from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.needs.permissions import may_see_every_gap
from app.web.navigation import Entry


def menu() -> list[Entry]:
    """What was missed, for those who write needs from it."""
    if not may_see_every_gap(viewer()):
        return []
    return [Entry(endpoint="needs.gaps", label=_("Gaps"), icon="bars")]


def board() -> list[Entry]:
    """What is asked for, for everybody."""
    return [Entry(endpoint="needs.board", label=_("Needs"), icon="gift")]
