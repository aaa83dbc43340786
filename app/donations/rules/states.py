"""The states of an offer and of its allocations, and the verbs between them. Pure.

TRANSITIONS is the whole machine: verb, from, to. Who may say a verb stands in permissions.py.
"""

from enum import StrEnum
from typing import NamedTuple


class OfferState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    AGREED = "agreed"
    DELIVERING = "delivering"
    IN_SERVICE = "in_service"


class AllocationState(StrEnum):
    """What of a line is meant for a need."""

    PROPOSED = "proposed"
    """Of an offer that has not been submitted: it keeps nobody else from giving."""
    RESERVED = "reserved"
    CONVERTED = "converted"
    """The agreement is signed."""
    STANDBY = "standby"
    """Beyond what the need or the line has room for: next in turn when something is released."""
    RELEASED = "released"


class Condition(StrEnum):
    """Of what is offered, in the donor's words."""

    NEW = "new"
    GOOD = "good"
    USED = "used"
    FOR_PARTS = "for_parts"


class ValueBasis(StrEnum):
    """Who says what it is worth."""

    DONOR_DECLARED = "donor_declared"
    APPRAISAL = "appraisal"
    MARKET = "market"
    INVOICE = "invoice"
    BOOK = "book"


class Result(StrEnum):
    """Of an inspection."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"


class Verb(StrEnum):
    SUBMIT = "submit"
    REVIEW = "review"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    AGREE = "agree"
    DELIVER = "deliver"
    COMMISSION = "commission"
    LAPSE = "lapse"


class Transition(NamedTuple):
    verb: Verb
    source: OfferState
    to: OfferState


S = OfferState
TRANSITIONS = (
    Transition(Verb.SUBMIT, S.DRAFT, S.SUBMITTED),
    # Somebody looks at it: the donor sees that it lies on a desk. An answer may come without.
    Transition(Verb.REVIEW, S.SUBMITTED, S.IN_REVIEW),
    Transition(Verb.ACCEPT, S.SUBMITTED, S.ACCEPTED),
    Transition(Verb.ACCEPT, S.IN_REVIEW, S.ACCEPTED),
    Transition(Verb.DECLINE, S.SUBMITTED, S.DECLINED),
    Transition(Verb.DECLINE, S.IN_REVIEW, S.DECLINED),
    Transition(Verb.WITHDRAW, S.DRAFT, S.WITHDRAWN),
    Transition(Verb.WITHDRAW, S.SUBMITTED, S.WITHDRAWN),
    Transition(Verb.WITHDRAW, S.IN_REVIEW, S.WITHDRAWN),
    # Nothing has passed into other hands before the agreement: until then a donor may think again.
    Transition(Verb.WITHDRAW, S.ACCEPTED, S.WITHDRAWN),
    Transition(Verb.AGREE, S.ACCEPTED, S.AGREED),
    # By time alone: the last day is over on which the donor stands by it.
    Transition(Verb.LAPSE, S.SUBMITTED, S.LAPSED),
    Transition(Verb.LAPSE, S.IN_REVIEW, S.LAPSED),
    Transition(Verb.LAPSE, S.ACCEPTED, S.LAPSED),
    # A gift may come in parts: what came first works while the rest is on its way.
    Transition(Verb.DELIVER, S.AGREED, S.DELIVERING),
    Transition(Verb.DELIVER, S.DELIVERING, S.DELIVERING),
    Transition(Verb.DELIVER, S.IN_SERVICE, S.IN_SERVICE),
    Transition(Verb.COMMISSION, S.DELIVERING, S.IN_SERVICE),
    Transition(Verb.COMMISSION, S.IN_SERVICE, S.IN_SERVICE),
)
_TABLE = {(t.verb, t.source): t.to for t in TRANSITIONS}

OPEN = frozenset({S.SUBMITTED, S.IN_REVIEW, S.ACCEPTED})
"""Submitted and neither refused nor agreed: its lines may still be promised to needs."""
BOUND = frozenset({S.AGREED, S.DELIVERING, S.IN_SERVICE})
"""States of an offer with an agreement."""
PROMISED = frozenset({AllocationState.RESERVED, AllocationState.CONVERTED})
"""States in which an allocation counts against the need and the line."""
LIVE = PROMISED | {AllocationState.PROPOSED, AllocationState.STANDBY}


def after(verb: Verb, state: OfferState) -> OfferState | None:
    """The state the verb leads to from here, or None when it does not fit."""
    return _TABLE.get((verb, state))
