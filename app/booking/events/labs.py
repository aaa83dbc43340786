"""What a lab said of bookings and of those who come."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.core.events import Event


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
class AuthorisationEnds(LabEvent):
    """It holds for so many days more and no longer, and the person hears of it."""

    subject_kind: ClassVar[str] = "authorisation"

    user_id: int
    valid_until: date
    days: int

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
class PolicyChanged(Event):
    """A lab, or one equipment of it, asks something else of a booking from now on."""

    subject_kind: ClassVar[str] = "policy"

    lab_id: int
    equipment_id: int | None
    said: dict[str, int | bool | list[str]]


@dataclass(frozen=True, kw_only=True)
class RefusalSaved(LabEvent):
    """The lab keeps an answer ready, or has changed it."""

    subject_kind: ClassVar[str] = "refusal"

    reason_code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class RefusalRemoved(LabEvent):
    """It keeps it no more."""

    subject_kind: ClassVar[str] = "refusal"

    title: str


@dataclass(frozen=True, kw_only=True)
class InternalCommentAdded(Event):
    """Somebody wrote a word among the staff of the labs: the company's timeline has nothing of it."""

    subject_kind: ClassVar[str] = "comment"

    booking_id: int
    lab_ids: tuple[int, ...]

    def topics(self) -> set[str]:
        return {f"lab:{id_}" for id_ in self.lab_ids}


@dataclass(frozen=True, kw_only=True)
class DeputyNamed(LabEvent):
    """Somebody answers in place of who is away, from then until then. `subject_id` is the role."""

    subject_kind: ClassVar[str] = "role_grant"

    deputy_id: int
    absent_id: int
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class DeputyEnded(LabEvent):
    """Who was away is back."""

    subject_kind: ClassVar[str] = "role_grant"

    deputy_id: int


@dataclass(frozen=True, kw_only=True)
class AbsenceNoted(LabEvent):
    """Somebody who answers is away, and nobody stands in."""

    subject_kind: ClassVar[str] = "absence"

    absent_id: int
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class AbsenceEnded(LabEvent):
    """They are back."""

    subject_kind: ClassVar[str] = "absence"

    absent_id: int
