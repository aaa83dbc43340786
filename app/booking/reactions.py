"""What happens to bookings when something happens elsewhere."""

from app.accounts.events import OrganisationMerged, UserActivated
from app.booking.services.confirm import confirm_requests
from app.booking.services.hand_over import hand_over_bookings
from app.booking.services.outages.follow import take_what_there_is
from app.inventory.events import EquipmentCreated, UnitsInServiceChanged


def confirm_what_was_asked(event: UserActivated) -> None:
    """The address is proved: the request made with the registration goes to the lab."""
    if event.organisation_id is not None:
        confirm_requests(user_id=event.subject_id, organisation_id=event.organisation_id)


def follow_a_merge(event: OrganisationMerged) -> None:
    """What staff had booked in a company's name is its own, now that the office knows who it is."""
    hand_over_bookings(from_id=event.subject_id, to_id=event.into_id)


def leave_room(event: UnitsInServiceChanged) -> None:
    """Fewer units are about to count: what takes all of them with it takes fewer, or they could not go."""
    take_what_there_is(event.equipment_id, event.units_in_service)


def take_the_new(event: UnitsInServiceChanged | EquipmentCreated) -> None:
    """More units count: what takes all of them takes these as well."""
    take_what_there_is(event.equipment_id)
