"""What a rule finds: a code, how grave it is, and the figures of the sentence. Pure.

Rules never speak a language; app/booking/wording.py puts a verdict into words, with its remedy.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    OUTSIDE_HOURS = "outside_hours"
    CLOSED_DAY = "closed_day"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    OFF_GRID = "off_grid"
    """It begins or ends between the times at which bookings of the lab do."""
    IN_THE_PAST = "in_the_past"
    BAD_LOCAL_TIME = "bad_local_time"
    MODE_NOT_OFFERED = "mode_not_offered"
    NOT_VERIFIED = "not_verified"
    TOO_MANY_OPEN = "too_many_open"
    OUT_OF_SERVICE = "out_of_service"
    TOO_MANY_WANTED = "too_many_wanted"
    """More than the lab has at all."""
    NO_SINGLE_UNIT = "no_single_unit"
    NOT_ALONE = "not_alone"
    """It is only lent along with something that needs it."""
    RIVALS = "rivals"
    """Others ask for the same time, and the lab will choose."""
    SAFETY_DECIDES = "safety_decides"
    """The lab's safety officer has to agree as well."""
    LAB_DECIDES = "lab_decides"
    """The lab approves every request for this."""
    QUOTA_SPENT = "quota_spent"
    NOT_AUTHORISED = "not_authorised"
    NO_AGREEMENT = "no_agreement"
    PAPERWORK_MISSING = "paperwork_missing"


class Severity(StrEnum):
    BLOCK = "block"
    APPROVAL = "approval"
    WARNING = "warning"
    MET = "met"
    """Nothing to say against it: a tick on the checklist, never sent as a finding."""


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one request, about one equipment or (None) about all of it."""

    code: Code
    severity: Severity
    equipment_id: int | None = None
    params: dict[str, Any] = field(default_factory=dict)
    overridable: bool = False
    """Whether the lab's staff may decide otherwise."""


def met(code: Code, equipment_id: int | None = None, **params: Any) -> Verdict:
    return Verdict(code, Severity.MET, equipment_id, params)


def block(
    code: Code,
    equipment_id: int | None = None,
    *,
    overridable: bool = True,
    **params: Any,
) -> Verdict:
    return Verdict(code, Severity.BLOCK, equipment_id, params, overridable)


def warning(code: Code, equipment_id: int | None = None, **params: Any) -> Verdict:
    return Verdict(code, Severity.WARNING, equipment_id, params)


def approval(code: Code, equipment_id: int | None = None, **params: Any) -> Verdict:
    return Verdict(code, Severity.APPROVAL, equipment_id, params)
