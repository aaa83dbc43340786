"""What happens to bookings when something happens elsewhere."""

from app.accounts.events import OrganisationMerged, UserActivated
from app.booking.services.confirm import confirm_requests
from app.booking.services.hand_over import hand_over_bookings


def confirm_what_was_asked(event: UserActivated) -> None:
    """The address is proved: the request made with the registration goes to the lab."""
    if event.organisation_id is not None:
        confirm_requests(user_id=event.subject_id, organisation_id=event.organisation_id)


def follow_a_merge(event: OrganisationMerged) -> None:
    """What staff had booked in a company's name is its own, now that the office knows who it is."""
    hand_over_bookings(from_id=event.subject_id, to_id=event.into_id)
