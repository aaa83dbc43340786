"""A person as somebody who is told something."""

from app.accounts.models import User
from app.notifications.recipients import Recipient


def recipient_of(user: User, *, zone_name: str = "UTC") -> Recipient:
    """The person as they are now; `zone_name` is the zone in which the news tells the time, if it does."""
    return Recipient(
        id=user.id, address=user.email, name=user.name, language=user.language, zone_name=zone_name
    )
