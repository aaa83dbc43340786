"""What happened to a date of a booking. Each carries the state it led to: the last one is the present."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class OccurrenceEvent(Event):
    """A change of one date. `subject_id` is the occurrence."""

    subject_kind: ClassVar[str] = "occurrence"

    booking_id: int
    reference: str
    organisation_id: int
    requester_id: int
    equipment_ids: tuple[int, ...]
    lab_ids: tuple[int, ...]
    state: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    for_id: int | None = None
    """In whose place the actor did it, as a deputy."""

    def topics(self) -> set[str]:
        return {
            *(f"equipment:{id_}" for id_ in self.equipment_ids),
            *(f"lab:{id_}" for id_ in self.lab_ids),
            f"organisation:{self.organisation_id}",
            f"user:{self.requester_id}",
        }


@dataclass(frozen=True, kw_only=True)
class BookingRequested(OccurrenceEvent):
    """Somebody asked; the lab has not answered."""


@dataclass(frozen=True, kw_only=True)
class BookingEntered(OccurrenceEvent):
    """It stood in the diary that the lab kept before."""


@dataclass(frozen=True, kw_only=True)
class BookingConfirmed(OccurrenceEvent):
    """Who asked while registering has proved the address: the request counts, and the lab is asked."""


@dataclass(frozen=True, kw_only=True)
class BookingApproved(OccurrenceEvent):
    """The time is theirs: the lab said so, or its rules did."""


@dataclass(frozen=True, kw_only=True)
class BookingPartlyApproved(OccurrenceEvent):
    """One lab has agreed; another one's answer is still awaited."""

    approved_equipment_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BookingDeclined(OccurrenceEvent):
    """The lab said no, and why."""

    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionTakenBack(OccurrenceEvent):
    """Who had answered for the lab took it back at once: it waits for an answer again."""

    from_state: str
    """What the answer had made of it."""


@dataclass(frozen=True, kw_only=True)
class BookingLost(OccurrenceEvent):
    """The lab gave the time to another request."""


@dataclass(frozen=True, kw_only=True)
class BookingCancelled(OccurrenceEvent):
    """It was called off, by the company or by the lab."""

    reason: str = ""
    is_late: bool = False
    """By the company, later than the lab asks to be told."""


@dataclass(frozen=True, kw_only=True)
class BookingMoved(OccurrenceEvent):
    """It was put on another time; where it was before."""

    from_starts_at: datetime
    from_ends_at: datetime
    message: str = ""
    """What the person who moved it wrote to the other side."""


@dataclass(frozen=True, kw_only=True)
class BookingReminded(OccurrenceEvent):
    """Half of the time for the answer was over: those who answer were reminded."""


@dataclass(frozen=True, kw_only=True)
class BookingOverdue(OccurrenceEvent):
    """The lab had not answered when it had promised: others were told."""


@dataclass(frozen=True, kw_only=True)
class BookingExpired(OccurrenceEvent):
    """Nobody confirmed or answered in time."""


@dataclass(frozen=True, kw_only=True)
class BookingCompleted(OccurrenceEvent):
    """Its time is over."""


@dataclass(frozen=True, kw_only=True)
class BookingDisplaced(OccurrenceEvent):
    """What it was on fails: it has to move."""

    outage_id: int
    kind: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class BookingCut(OccurrenceEvent):
    """It goes on, and ends when what it is on fails; until when it would have gone on."""

    outage_id: int
    kind: str
    planned_ends_at: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class BookingReplaced(OccurrenceEvent):
    """It keeps its time on other equipment; none: on its own, which works again."""

    outage_id: int
    from_equipment_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RulesOverridden(OccurrenceEvent):
    """Staff set rules of the lab aside for it."""

    codes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class BookingCheckedIn(OccurrenceEvent):
    """They came, and work with it."""

    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BookingCheckedOut(OccurrenceEvent):
    """They left; `ends_at` is when. The rest of the time that was planned is free."""

    planned_ends_at: datetime
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BookingExtended(OccurrenceEvent):
    """They stay longer; until when it was before."""

    from_ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class BookingPassedOn(OccurrenceEvent):
    """A colleague looks after the booking from now on. `subject_id` is its first date ahead."""

    from_id: int
    to_id: int

    def topics(self) -> set[str]:
        return {*super().topics(), f"user:{self.from_id}"}


@dataclass(frozen=True, kw_only=True)
class SamplesReceived(OccurrenceEvent):
    """What was sent in is there. `subject_id` is the first date that was agreed."""


@dataclass(frozen=True, kw_only=True)
class SamplesReturned(OccurrenceEvent):
    """What was sent in was sent back."""


@dataclass(frozen=True, kw_only=True)
class ResultAdded(OccurrenceEvent):
    """A file with results is there for who sent samples."""

    title: str


@dataclass(frozen=True, kw_only=True)
class BookingMissed(OccurrenceEvent):
    """Nobody came; `ends_at` is when the rest of its time was given back."""

    planned_ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class BookingAttended(OccurrenceEvent):
    """The lab says afterwards that they came."""


@dataclass(frozen=True, kw_only=True)
class BookingProposed(OccurrenceEvent):
    """The lab named another time and holds it; the time asked for is free again."""

    from_starts_at: datetime
    from_ends_at: datetime
    expires_at: datetime
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalAccepted(OccurrenceEvent):
    """The company takes the time that the lab named."""


@dataclass(frozen=True, kw_only=True)
class ProposalExpired(OccurrenceEvent):
    """The company did not answer in time."""


@dataclass(frozen=True, kw_only=True)
class CommentAdded(OccurrenceEvent):
    """Somebody wrote a word to the other side. `subject_id` is its next date, else the last that was."""

    comment_id: int
