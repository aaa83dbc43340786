"""What the calendar pages show, gathered in a fixed number of queries."""

from app.site.calendar.chosen import Chosen
from app.site.calendar.day import Day, Group, Line, day_of
from app.site.calendar.days import DayEntries, days_of
from app.site.calendar.shown import Shown, shown_by
from app.site.calendar.version import version_of
from app.site.calendar.week import EquipmentWeek, Week, week_of, week_of_one, week_span

__all__ = [
    "Chosen",
    "Day",
    "DayEntries",
    "EquipmentWeek",
    "Group",
    "Line",
    "Shown",
    "Week",
    "day_of",
    "days_of",
    "shown_by",
    "version_of",
    "week_of",
    "week_of_one",
    "week_span",
]
