"""Calendars over HTTP: the feeds as programs fetch them, and the page where their addresses are made.

Importing a module adds its addresses to the blueprint.
"""

from app.calendars.views import feeds, pages
from app.calendars.views.blueprint import blueprint

__all__ = ["blueprint", "feeds", "pages"]
