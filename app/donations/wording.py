"""Gifts in words, in the reader's language: states and conditions."""

from flask_babel import lazy_gettext as _l

from app.core.text import isolated
from app.donations.models import Offer
from app.donations.rules.states import AllocationState, Condition, OfferState

STATES = {
    OfferState.DRAFT: _l("Draft"),
    OfferState.SUBMITTED: _l("Offered"),
    OfferState.IN_REVIEW: _l("Under review"),
    OfferState.ACCEPTED: _l("Accepted"),
    OfferState.DECLINED: _l("Declined"),
    OfferState.WITHDRAWN: _l("Withdrawn"),
    OfferState.LAPSED: _l("Lapsed"),
    OfferState.AGREED: _l("Agreed"),
    OfferState.DELIVERING: _l("Being delivered"),
    OfferState.IN_SERVICE: _l("In service"),
}
LOOKS = {
    OfferState.DRAFT: "off",
    OfferState.SUBMITTED: "wait",
    OfferState.IN_REVIEW: "wait",
    OfferState.ACCEPTED: "info",
    OfferState.DECLINED: "stop",
    OfferState.WITHDRAWN: "off",
    OfferState.LAPSED: "off",
    OfferState.AGREED: "info",
    OfferState.DELIVERING: "info",
    OfferState.IN_SERVICE: "ok",
}
"""How a state looks: the name of a pill of components/state.html."""
CONDITIONS = {
    Condition.NEW: _l("New, unused"),
    Condition.GOOD: _l("Used, in good order"),
    Condition.USED: _l("Used, not checked"),
    Condition.FOR_PARTS: _l("For parts only"),
}
FOLLOWED = {
    OfferState.SUBMITTED: _l("The university has your offer and will answer."),
    OfferState.IN_REVIEW: _l("The university looks at it and will answer."),
    OfferState.ACCEPTED: _l("The university would like to have it. An agreement comes next."),
    OfferState.DECLINED: _l("The university cannot take it."),
    OfferState.WITHDRAWN: _l("It was taken back."),
    OfferState.LAPSED: _l("Its day has passed without an agreement. You are free again."),
    OfferState.AGREED: _l("The agreement is signed. Delivery comes next."),
    OfferState.DELIVERING: _l("It is arriving: each unit is inspected before it goes into service."),
    OfferState.IN_SERVICE: _l("It is in service and can be booked."),
}
"""Where things stand, for the donor, in one sentence."""
ALLOCATIONS = {
    AllocationState.PROPOSED: _l("meant for"),
    AllocationState.RESERVED: _l("reserved for"),
    AllocationState.CONVERTED: _l("agreed for"),
    AllocationState.STANDBY: _l("stands by for"),
    AllocationState.RELEASED: _l("released"),
}
REFUSALS = {
    ("description", "required"): _l("This is needed."),
    ("description", "too-long"): _l("This is too long."),
    ("quantity", "out-of-range"): _l("Write how many as a whole number from 1."),
    ("valid_until", "in-the-past"): _l("This day is over. Choose a later one, or leave it empty."),
    ("organisation", "no_name"): _l("Write the name of the company or organisation."),
    ("organisation", "choose"): _l("Choose who gives."),
    ("name", "no_name"): _l("Write your name."),
    ("email", "no_address"): _l("Write an e-mail address, as name@example.com."),
    ("photos", "too-many"): _l("These are too many photos. Choose the six that show most."),
    ("photos", "file-too-large"): _l("One of the photos is larger than 10 MB. Choose them again, smaller."),
    ("photos", "file-too-many-pixels"): _l(
        "One of the photos has more than 40 million pixels. Choose them again, smaller."
    ),
    ("photos", "file-unknown"): _l(
        "One of the files is no photo that can be read. Choose JPEG, PNG or WebP pictures."
    ),
}
"""What a service found wrong, by field and code, as said beside the field."""


def followed(offer: Offer) -> str:
    """Where things stand, with the reason of a refusal."""
    said = str(FOLLOWED.get(offer.state, ""))
    return f"{said} {isolated(offer.decline_reason)}" if offer.decline_reason else said
