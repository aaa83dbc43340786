"""Where the reports stand in the menu."""

from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.reports.permissions import may_read_reports
from app.web.navigation import Entry


def menu() -> list[Entry]:
    """For those who answer for labs, the office and admins."""
    if not may_read_reports(viewer()):
        return []
    return [Entry(endpoint="reports.index", label=_("Reports"), icon="doc")]
