"""What other features tell that changes calendars beyond their own topics."""

from app.accounts.events import PasswordChanged
from app.accounts.queries import find_user
from app.calendars.services.addresses import end_every_feed
from app.calendars.services.versions import NAMES
from app.core.event_log import bump
from app.core.events import Event


def names_changed(_event: Event) -> None:
    """Something that calendars name has changed, and they may name it in any entry."""
    bump({NAMES})


def close_after_reset(event: PasswordChanged) -> None:
    """Whoever had got into the account may have taken its calendars along: their addresses end."""
    owner = find_user(event.subject_id)
    if event.by_link and owner is not None:
        end_every_feed(owner=owner)
