"""The pages of the reports."""

from app.reports.views import pages
from app.reports.views.blueprint import blueprint

__all__ = ["blueprint", "pages"]
