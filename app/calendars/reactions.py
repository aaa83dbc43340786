"""What other features tell that changes calendars beyond their own topics."""

from app.calendars.services.versions import NAMES
from app.core.event_log import bump
from app.core.events import Event


def names_changed(_event: Event) -> None:
    """Something that calendars name has changed, and they may name it in any entry."""
    bump({NAMES})
