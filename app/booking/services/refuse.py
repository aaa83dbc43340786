"""A no in the lab's ready words."""

from collections.abc import Collection

from app.accounts.models import User
from app.booking.models import Booking, DeclineReason
from app.booking.permissions import may_decide
from app.booking.queries.bookings import get_booking
from app.booking.queries.refusals import refusals_for
from app.booking.services.decide import decline_booking
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.core.text import clean


@unit_of_work
def refuse_booking(
    *,
    actor: User,
    reference: str,
    reason_code: DeclineReason | None = None,
    reason: str = "",
    template_id: int | None = None,
    occurrence_ids: Collection[int] = (),
) -> Booking:
    """Decline with a template of the lab: its reason counts, and what is written is added to its words.

    Without one, as decline_booking. Raises as that does, and InvalidInput where the template is not of a
    lab of the booking in which the actor decides.
    """
    if template_id is not None:
        reason_code, reason = _filled(actor, reference, template_id, reason)
    if reason_code is None:
        raise InvalidInput(("reason_code", "required"))
    return decline_booking(
        actor=actor,
        reference=reference,
        reason_code=reason_code,
        reason=reason,
        occurrence_ids=occurrence_ids,
    )


def _filled(actor: User, reference: str, template_id: int, added: str) -> tuple[DeclineReason, str]:
    booking = get_booking(actor, reference)
    if not may_decide(actor, booking):
        raise Forbidden
    found = next((one for one in refusals_for(actor, booking) if one.id == template_id), None)
    if found is None:
        raise InvalidInput(("template", "unknown"))
    return found.reason_code, "\n\n".join(filter(None, (found.text, clean(added))))
