"""What is kept from others while something is asked for, in the one order in which everybody waits."""

from collections.abc import Collection

from app.accounts.models import Organisation
from app.extensions import db
from app.occupancy.services import claims


def lock(organisation: Organisation, equipment_ids: Collection[int] = ()) -> None:
    """Keep others from asking in its name, then from claiming the equipment, until the unit of work ends.

    Its requests and hours are counted: two that are sent at once must not both be the last. Rows that only
    refer to it (a miss, a booking) need not wait, so nobody waits in a circle.
    """
    db.session.refresh(organisation, with_for_update={"key_share": True})
    if equipment_ids:
        claims.lock(equipment_ids)
