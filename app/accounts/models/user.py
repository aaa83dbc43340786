"""People, their place in organisations, and what they were trusted with."""

from datetime import datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.organisation import Organisation
from app.core.clock import now
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model


class MembershipRole(StrEnum):
    MEMBER = "member"
    ADMIN = "admin"


class Role(StrEnum):
    """What a person is trusted with at the university. The lab roles name their lab."""

    ADMIN = "admin"
    LIAISON = "liaison"
    MANAGER = "manager"
    APPROVER = "approver"
    TECHNICIAN = "technician"
    GATE = "gate"
    """Stands at the gate: sees who is expected on a day, and nothing else."""
    SAFETY_OFFICER = "safety_officer"
    """Agrees as the second where the lab asks for that; reads its bookings, and changes nothing else."""


EVERYWHERE = text("lab_id IS NULL")
LAB_ROLES = frozenset({Role.MANAGER, Role.APPROVER, Role.TECHNICIAN, Role.SAFETY_OFFICER})


class User(UserMixin, Model):
    """A person with an account. Can sign in once the address is proved and while not disabled."""

    __table_args__ = (
        UniqueConstraint("email"),
        CheckConstraint("email = lower(email)", name="lower_email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """Argon2id; None until an invited person has chosen one."""
    language: Mapped[str] = mapped_column(String(8), default="en")
    calendar: Mapped[str] = mapped_column(String(12), default="gregorian")
    """'gregorian' or 'jalali': which date is shown first."""
    phone: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    activated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the e-mail address was proved."""
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hints_seen: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Which of the pages' hints the person has put away."""

    # Of most people only the name is shown. Who signs in comes with both (accounts.queries.find_session).
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user")
    every_grant: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", foreign_keys="RoleGrant.user_id"
    )
    """Those of a deputy included that have not begun, or are over."""

    @property
    def grants(self) -> list["RoleGrant"]:
        """The roles that count now."""
        at = now()
        return [grant for grant in self.every_grant if grant.counts(at)]

    @property
    def is_active(self) -> bool:
        return self.activated_at is not None and self.disabled_at is None

    def has_role(self, *roles: Role, lab_id: int | None = None) -> bool:
        """Whether one of the roles is granted: in this lab for lab roles; anywhere when lab_id is None."""
        return any(
            grant.role in roles and (grant.lab_id is None or lab_id is None or grant.lab_id == lab_id)
            for grant in self.grants
        )

    def lab_ids(self, *roles: Role) -> set[int]:
        """The labs in which one of these lab roles is granted."""
        return {g.lab_id for g in self.grants if g.role in roles and g.lab_id is not None}

    def organisation_ids(self, *roles: MembershipRole) -> set[int]:
        """The organisations this person belongs to (with one of the roles, when named)."""
        return {
            m.organisation_id
            for m in self.memberships
            if m.ended_at is None and (not roles or m.role in roles)
        }


class Membership(Model):
    """A person acts for an organisation: books in its name, or administers it."""

    __table_args__ = (
        UniqueConstraint("user_id", "organisation_id"),
        Index(None, "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[MembershipRole] = mapped_column(text_enum(MembershipRole, name="role"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class RoleGrant(Model):
    """A role given to a person, in one lab for the lab roles, everywhere for the others."""

    __table_args__ = (
        UniqueConstraint("user_id", "role", "lab_id"),
        CheckConstraint(
            "(role IN ('manager', 'approver', 'technician', 'safety_officer')) = (lab_id IS NOT NULL)",
            name="lab_roles_name_a_lab",
        ),
        # NULLs are distinct in a unique key: without this one an admin could be admin twice.
        Index(
            "uq_role_grant_everywhere",
            "user_id",
            "role",
            unique=True,
            sqlite_where=EVERYWHERE,
            postgresql_where=EVERYWHERE,
        ),
        CheckConstraint("valid_from < valid_until", name="ends_after_it_begins"),
        CheckConstraint(
            "deputy_for_id IS NULL OR (valid_from IS NOT NULL AND valid_until IS NOT NULL"
            " AND deputy_for_id <> user_id)",
            name="deputies_for_a_time",
        ),
        Index(None, "lab_id"),
        Index(None, "deputy_for_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[Role] = mapped_column(text_enum(Role, name="role"))
    lab_id: Mapped[int | None] = mapped_column(ForeignKey("lab.id"))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    valid_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Of a deputy: only so long. None: from the day it was given on, until it is withdrawn."""
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """Whose place they take while that person is away."""

    user: Mapped[User] = relationship(back_populates="every_grant", foreign_keys=[user_id])
    deputy_for: Mapped[User | None] = relationship(foreign_keys=[deputy_for_id])

    def counts(self, at: datetime) -> bool:
        """Whether it is in force at the instant."""
        begun = self.valid_from is None or self.valid_from <= at
        return begun and (self.valid_until is None or self.valid_until > at)

    @classmethod
    def counting(cls, at: datetime) -> ColumnElement[bool]:
        """The same as a condition."""
        return and_(
            or_(cls.valid_from.is_(None), cls.valid_from <= at),
            or_(cls.valid_until.is_(None), cls.valid_until > at),
        )
