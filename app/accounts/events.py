"""What happened to people and organisations.

Events are kept for ever: what identifies a person or opens an account (`private`) reaches the
subscribers and stays out of the record.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AccountEvent(Event):
    """A change of a person's account. `subject_id` is the user."""

    subject_kind: ClassVar[str] = "user"
    private: ClassVar[frozenset[str]] = frozenset({"link_token", "address", "language"})

    def data(self) -> dict[str, Any]:
        return {name: value for name, value in super().data().items() if name not in self.private}

    def topics(self) -> set[str]:
        return {f"user:{self.subject_id}"}


@dataclass(frozen=True, kw_only=True)
class AccessEvent(AccountEvent):
    """Something about getting in. No feed and no page shows it to others, so no counter moves."""

    def topics(self) -> set[str]:
        return set()


@dataclass(frozen=True, kw_only=True)
class UserRegistered(AccessEvent):
    """Somebody asked for an account; the address is not proved yet."""

    organisation_id: int
    link_id: int
    link_token: str = field(repr=False)
    language: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class RegistrationRepeated(AccessEvent):
    """Somebody registered with the address of an account that exists. Its owner is told, nobody else."""

    attempt: str
    """Tells this attempt from others: mail about it goes out once."""


@dataclass(frozen=True, kw_only=True)
class RegisteredForOwner(AccessEvent):
    """Somebody asked for a booking with the address of an account that exists. Only its owner is told."""

    link_id: int
    link_token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class UserActivated(AccountEvent):
    """The address is proved: the person can sign in, and what was asked for at registration counts."""

    organisation_id: int | None


@dataclass(frozen=True, kw_only=True)
class UserCreated(AccountEvent):
    """An account was made by whoever runs the server."""


@dataclass(frozen=True, kw_only=True)
class UserForgotten(AccountEvent):
    """A registration that nobody confirmed was erased."""


@dataclass(frozen=True, kw_only=True)
class SignedIn(AccessEvent):
    """A browser was signed in."""

    session_id: int


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(AccessEvent):
    """Browsers were signed out by their owner, beyond the one in use."""

    session_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PasswordResetAsked(AccessEvent):
    """Somebody asked for a new password for this account."""

    link_id: int
    link_token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(AccessEvent):
    """A new password; every other session has ended."""

    by_link: bool
    """Through a link in a mail, not with the old password: API tokens have ended as well, and whatever
    else opens something in this person's name has to end too."""
    change: str
    """Tells this change from others: mail about it goes out once."""


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(AccountEvent):
    """The person changed name, language, calendar or telephone."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class UserDisabled(AccountEvent):
    """The account is closed: its sessions, API tokens and links have ended."""


@dataclass(frozen=True, kw_only=True)
class UserEnabled(AccountEvent):
    """The account is open again; sessions and tokens have to be made anew."""


@dataclass(frozen=True, kw_only=True)
class RoleGranted(AccountEvent):
    """The person was trusted with a role, in one lab for the lab roles."""

    grant_id: int
    role: str
    lab_id: int | None


@dataclass(frozen=True, kw_only=True)
class RoleWithdrawn(AccountEvent):
    """The role was taken back."""

    role: str
    lab_id: int | None


@dataclass(frozen=True, kw_only=True)
class ApiTokenMade(AccessEvent):
    token_id: int


@dataclass(frozen=True, kw_only=True)
class ApiTokenRevoked(AccessEvent):
    token_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationEvent(AccountEvent):
    """A change of an organisation. `subject_id` is the organisation."""

    subject_kind: ClassVar[str] = "organisation"

    def topics(self) -> set[str]:
        return {f"organisation:{self.subject_id}"}


@dataclass(frozen=True, kw_only=True)
class OrganisationRegistered(OrganisationEvent):
    """It registered itself, with its first admin: the actor, or somebody who has yet to prove an address."""


@dataclass(frozen=True, kw_only=True)
class OrganisationTakenOver(OrganisationEvent):
    """Who has an account already says that it is theirs; they administer it."""


@dataclass(frozen=True, kw_only=True)
class OrganisationEntered(OrganisationEvent):
    """Staff entered a company that has no account."""


@dataclass(frozen=True, kw_only=True)
class OrganisationVerified(OrganisationEvent):
    """The liaison office vouches that it is who it says."""


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(OrganisationEvent):
    """What is known of it changed."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OrganisationMerged(OrganisationEvent):
    """One that staff had entered turned out to be the verified `into_id`: all it had belongs there now."""

    into_id: int

    def topics(self) -> set[str]:
        return {f"organisation:{self.subject_id}", f"organisation:{self.into_id}"}


@dataclass(frozen=True, kw_only=True)
class MemberInvited(OrganisationEvent):
    """Somebody was asked to join the organisation."""

    inviter_id: int
    role: str
    link_id: int
    address: str = field(repr=False)
    link_token: str = field(repr=False)
    language: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(OrganisationEvent):
    link_id: int


@dataclass(frozen=True, kw_only=True)
class MemberJoined(OrganisationEvent):
    """The invited person accepted."""

    user_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberRoleChanged(OrganisationEvent):
    user_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberLeft(OrganisationEvent):
    """The person no longer acts for the organisation."""

    user_id: int
