"""The states of a need and the verbs between them. Pure.

TRANSITIONS is the whole machine: verb, from, to. Who may say a verb stands in permissions.py.
"""

from enum import StrEnum
from typing import NamedTuple


class NeedState(StrEnum):
    PROPOSED = "proposed"
    UNDER_REVIEW = "under_review"
    PUBLISHED = "published"
    CLOSED = "closed"
    REJECTED = "rejected"


class ClosingReason(StrEnum):
    FULFILLED = "fulfilled"
    MET_BY_PURCHASE = "met_by_purchase"
    OBSOLETE = "obsolete"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    SUBMIT = "submit"
    PUBLISH = "publish"
    REJECT = "reject"
    CLOSE = "close"


class Transition(NamedTuple):
    verb: Verb
    source: NeedState
    to: NeedState


S = NeedState
TRANSITIONS = (
    Transition(Verb.SUBMIT, S.PROPOSED, S.UNDER_REVIEW),
    Transition(Verb.PUBLISH, S.UNDER_REVIEW, S.PUBLISHED),
    Transition(Verb.REJECT, S.PROPOSED, S.REJECTED),
    Transition(Verb.REJECT, S.UNDER_REVIEW, S.REJECTED),
    Transition(Verb.CLOSE, S.PUBLISHED, S.CLOSED),
)
_TABLE = {(t.verb, t.source): t.to for t in TRANSITIONS}

DRAFTS = frozenset({S.PROPOSED, S.UNDER_REVIEW})
"""Not published yet: every text may still be changed."""
PUBLIC = frozenset({S.PUBLISHED, S.CLOSED})
"""What everybody may read. What was published once stays readable."""


def after(verb: Verb, state: NeedState) -> NeedState | None:
    """The state the verb leads to from here, or None when it does not fit."""
    return _TABLE.get((verb, state))


def fitting(state: NeedState) -> frozenset[Verb]:
    """The verbs that fit the state."""
    return frozenset(verb for verb, source in _TABLE if source is state)
