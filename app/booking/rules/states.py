"""The states of an occurrence (one date of a booking) and the verbs between them. Pure.

TRANSITIONS is the whole machine: verb, from, to. Services name the verb; who may say it stands in
permissions.py.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class OccurrenceState(StrEnum):
    REQUESTED = "requested"
    PROPOSED = "proposed"
    APPROVED = "approved"
    IN_USE = "in_use"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DISPLACED = "displaced"


class DeclineReason(StrEnum):
    CAPACITY = "capacity"
    NOT_AUTHORISED = "not_authorised"
    UNSUITABLE = "unsuitable"
    SAFETY = "safety"
    PAPERWORK = "paperwork"
    OTHER = "other"


class Verb(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"
    CANCEL = "cancel"
    MOVE = "move"
    MOVE_AT_ONCE = "move_at_once"
    EXPIRE = "expire"
    COMPLETE = "complete"
    CHECK_IN = "check_in"
    CHECK_OUT = "check_out"
    EXTEND = "extend"
    MISS = "miss"
    ATTEND = "attend"
    PROPOSE = "propose"
    ACCEPT = "accept"
    ACCEPT_IN_PART = "accept_in_part"
    CUT = "cut"
    DISPLACE = "displace"
    REPLACE = "replace"
    TAKE_BACK = "take_back"


class Transition(NamedTuple):
    verb: Verb
    source: OccurrenceState
    to: OccurrenceState


S = OccurrenceState
TRANSITIONS = (
    Transition(Verb.APPROVE, S.REQUESTED, S.APPROVED),
    Transition(Verb.DECLINE, S.REQUESTED, S.DECLINED),
    Transition(Verb.CANCEL, S.REQUESTED, S.CANCELLED),
    Transition(Verb.CANCEL, S.APPROVED, S.CANCELLED),
    Transition(Verb.MOVE, S.REQUESTED, S.REQUESTED),
    # A move asks again, unless who moves it decides, or nobody has to.
    Transition(Verb.MOVE, S.APPROVED, S.REQUESTED),
    Transition(Verb.MOVE_AT_ONCE, S.REQUESTED, S.APPROVED),
    Transition(Verb.MOVE_AT_ONCE, S.APPROVED, S.APPROVED),
    Transition(Verb.EXPIRE, S.REQUESTED, S.EXPIRED),
    Transition(Verb.COMPLETE, S.APPROVED, S.COMPLETED),
    Transition(Verb.CHECK_IN, S.APPROVED, S.IN_USE),
    Transition(Verb.CHECK_OUT, S.IN_USE, S.COMPLETED),
    Transition(Verb.COMPLETE, S.IN_USE, S.COMPLETED),
    Transition(Verb.EXTEND, S.IN_USE, S.IN_USE),
    Transition(Verb.MISS, S.APPROVED, S.NO_SHOW),
    # What the lab says of it afterwards; who comes late is let in on the same day.
    Transition(Verb.CHECK_IN, S.NO_SHOW, S.IN_USE),
    Transition(Verb.MISS, S.COMPLETED, S.NO_SHOW),
    Transition(Verb.ATTEND, S.APPROVED, S.COMPLETED),
    Transition(Verb.ATTEND, S.COMPLETED, S.COMPLETED),
    Transition(Verb.ATTEND, S.NO_SHOW, S.COMPLETED),
    # The lab names another time. Who does not want it calls the date off: the old time is given back already.
    Transition(Verb.PROPOSE, S.REQUESTED, S.PROPOSED),
    Transition(Verb.ACCEPT, S.PROPOSED, S.APPROVED),
    # Another lab of the date has not agreed yet.
    Transition(Verb.ACCEPT_IN_PART, S.PROPOSED, S.REQUESTED),
    Transition(Verb.CANCEL, S.PROPOSED, S.CANCELLED),
    Transition(Verb.EXPIRE, S.PROPOSED, S.EXPIRED),
    # What fails lets go of its dates; one that goes on ends there, now or when it fails.
    Transition(Verb.CUT, S.APPROVED, S.APPROVED),
    Transition(Verb.CUT, S.IN_USE, S.IN_USE),
    Transition(Verb.DISPLACE, S.REQUESTED, S.DISPLACED),
    Transition(Verb.DISPLACE, S.PROPOSED, S.DISPLACED),
    Transition(Verb.DISPLACE, S.APPROVED, S.DISPLACED),
    # They came early, and it had not begun.
    Transition(Verb.DISPLACE, S.IN_USE, S.DISPLACED),
    # Put on equipment like it or back on its own, at its time; what had waited for an answer waits again.
    Transition(Verb.REPLACE, S.DISPLACED, S.APPROVED),
    Transition(Verb.PROPOSE, S.DISPLACED, S.PROPOSED),
    Transition(Verb.MOVE, S.DISPLACED, S.REQUESTED),
    Transition(Verb.MOVE_AT_ONCE, S.DISPLACED, S.APPROVED),
    Transition(Verb.CANCEL, S.DISPLACED, S.CANCELLED),
    Transition(Verb.EXPIRE, S.DISPLACED, S.EXPIRED),
    # Who answered by mistake takes it back, before anybody was told: it waits again.
    Transition(Verb.TAKE_BACK, S.REQUESTED, S.REQUESTED),
    Transition(Verb.TAKE_BACK, S.APPROVED, S.REQUESTED),
    Transition(Verb.TAKE_BACK, S.DECLINED, S.REQUESTED),
)
_TABLE = {(t.verb, t.source): t.to for t in TRANSITIONS}

HOLDING = frozenset({S.REQUESTED, S.PROPOSED, S.APPROVED, S.IN_USE})
"""States in which the time is taken ahead of use."""
TAKEN = HOLDING | {S.COMPLETED, S.NO_SHOW}
"""States that have claims: what holds, and what took place."""

_FIRST_TO_LAST = (
    S.IN_USE,
    S.DISPLACED,
    S.PROPOSED,
    S.REQUESTED,
    S.APPROVED,
    S.COMPLETED,
    S.NO_SHOW,
    S.DECLINED,
    S.EXPIRED,
    S.CANCELLED,
)
"""What a person looks for first: what goes on, what waits for somebody, what is to come, what was."""


def overall(states: Iterable[OccurrenceState]) -> OccurrenceState:
    """The state of a booking, derived from its dates: that of the one to look at first."""
    return min(states, key=_FIRST_TO_LAST.index)


def after(verb: Verb, state: OccurrenceState) -> OccurrenceState | None:
    """The state the verb leads to from here, or None when it does not fit."""
    return _TABLE.get((verb, state))
