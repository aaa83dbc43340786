"""Gifts in words, in the reader's language: states and conditions."""

from flask_babel import lazy_gettext as _l

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
    Condition.NEW: _l("New"),
    Condition.GOOD: _l("Used, in good order"),
    Condition.USED: _l("Used, not checked"),
    Condition.FOR_PARTS: _l("For parts only"),
}
ALLOCATIONS = {
    AllocationState.PROPOSED: _l("meant for"),
    AllocationState.RESERVED: _l("reserved for"),
    AllocationState.CONVERTED: _l("agreed for"),
    AllocationState.STANDBY: _l("stands by for"),
    AllocationState.RELEASED: _l("released"),
}
