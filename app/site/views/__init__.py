"""Pages that join features. Importing a module adds its pages to the blueprint."""

from app.site.views import (
    calendar,
    components,
    door,
    entry,
    equipment,
    find,
    glossary,
    guide,
    hints,
    home,
    my_day,
    search,
)
from app.site.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "calendar",
    "components",
    "door",
    "entry",
    "equipment",
    "find",
    "glossary",
    "guide",
    "hints",
    "home",
    "my_day",
    "search",
]
