"""What people say about themselves."""

from app.accounts.events import ProfileChanged
from app.accounts.models import User
from app.accounts.rules.names import cleaned_name
from app.core.db import unit_of_work
from app.core.errors import InvalidInput
from app.core.events import publish
from app.core.i18n import LANGUAGES
from app.core.text import one_line

CALENDARS = ("gregorian", "jalali")


@unit_of_work
def change_profile(*, actor: User, name: str, language: str, calendar: str, phone: str | None) -> None:
    """Raises InvalidInput."""
    if language not in LANGUAGES:
        raise InvalidInput(("language", "unknown"))
    if calendar not in CALENDARS:
        raise InvalidInput(("calendar", "unknown"))
    try:
        name = cleaned_name(name)
    except ValueError as error:
        raise InvalidInput(("name", "no_name")) from error
    new = {
        "name": name,
        "language": language,
        "calendar": calendar,
        "phone": one_line(phone or "")[:40] or None,
    }
    changed = tuple(field for field, value in new.items() if getattr(actor, field) != value)
    for field in changed:
        setattr(actor, field, new[field])
    if changed:
        publish(ProfileChanged(actor_id=actor.id, subject_id=actor.id, fields=changed))
