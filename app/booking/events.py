"""What happened to a date of a booking. Each carries the state it led to: the last one is the present."""

from dataclasses import dataclass
from datetime import date, datetime
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
class BookingExpired(OccurrenceEvent):
    """Nobody confirmed or answered in time."""


@dataclass(frozen=True, kw_only=True)
class BookingCompleted(OccurrenceEvent):
    """Its time is over."""


@dataclass(frozen=True, kw_only=True)
class RulesOverridden(OccurrenceEvent):
    """Staff set rules of the lab aside for it."""

    codes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class LabEvent(Event):
    """Something that a lab says of bookings and of those who come."""

    lab_id: int

    def topics(self) -> set[str]:
        return {f"lab:{self.lab_id}"}


@dataclass(frozen=True, kw_only=True)
class QuotaSet(LabEvent):
    """An organisation may have so much and no more from now on."""

    subject_kind: ClassVar[str] = "quota"

    equipment_id: int | None
    minutes: int
    per: str


@dataclass(frozen=True, kw_only=True)
class QuotaLifted(LabEvent):
    """It may have as much as there is again."""

    subject_kind: ClassVar[str] = "quota"


@dataclass(frozen=True, kw_only=True)
class PersonAuthorised(LabEvent):
    """The lab says that somebody knows how."""

    subject_kind: ClassVar[str] = "authorisation"

    user_id: int
    equipment_id: int | None
    category_id: int | None
    valid_from: date
    valid_until: date | None

    def topics(self) -> set[str]:
        return {f"lab:{self.lab_id}", f"user:{self.user_id}"}


@dataclass(frozen=True, kw_only=True)
class AuthorisationWithdrawn(LabEvent):
    """It takes that word back."""

    subject_kind: ClassVar[str] = "authorisation"

    user_id: int

    def topics(self) -> set[str]:
        return {f"lab:{self.lab_id}", f"user:{self.user_id}"}


@dataclass(frozen=True, kw_only=True)
class SampleDurationsSet(LabEvent):
    """How long samples take an equipment from now on: pairs of up to how many, and minutes."""

    subject_kind: ClassVar[str] = "equipment"

    rows: tuple[tuple[int, int], ...]


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
class PolicyChanged(Event):
    """A lab, or one equipment of it, asks something else of a booking from now on."""

    subject_kind: ClassVar[str] = "policy"

    lab_id: int
    equipment_id: int | None
    said: dict[str, int | bool | list[str]]


@dataclass(frozen=True, kw_only=True)
class WaitlistEvent(Event):
    """A change of one entry of the waitlist. `subject_id` is the entry."""

    subject_kind: ClassVar[str] = "waitlist"

    organisation_id: int
    user_id: int
    equipment_id: int | None
    """What is waited for; once a time is held, what that is on."""
    state: str

    def topics(self) -> set[str]:
        own = {f"organisation:{self.organisation_id}", f"user:{self.user_id}"}
        return own if self.equipment_id is None else own | {f"equipment:{self.equipment_id}"}


@dataclass(frozen=True, kw_only=True)
class WaitlistJoined(WaitlistEvent):
    """Somebody waits for time that others have."""


@dataclass(frozen=True, kw_only=True)
class WaitlistOffered(WaitlistEvent):
    """A time became free and is held for who waited longest."""

    offer_id: int
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class WaitlistServed(WaitlistEvent):
    """They took the time that was held."""

    reference: str


@dataclass(frozen=True, kw_only=True)
class WaitlistPassed(WaitlistEvent):
    """They let the time go and wait on."""

    is_answered: bool
    """They said so; otherwise nobody answered, and they stand behind the others now."""


@dataclass(frozen=True, kw_only=True)
class WaitlistLapsed(WaitlistEvent):
    """Times were held again and again, and nobody answered."""


@dataclass(frozen=True, kw_only=True)
class WaitlistLeft(WaitlistEvent):
    """They do not need it any more."""


@dataclass(frozen=True, kw_only=True)
class WaitlistExpired(WaitlistEvent):
    """Nothing became free in time."""


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
