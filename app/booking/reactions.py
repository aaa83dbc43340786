"""What happens to bookings when something happens elsewhere."""

from app.accounts.events import UserActivated
from app.booking.services.confirm import confirm_requests


def confirm_what_was_asked(event: UserActivated) -> None:
    """The address is proved: the request made with the registration goes to the lab."""
    if event.organisation_id is not None:
        confirm_requests(user_id=event.subject_id, organisation_id=event.organisation_id)
