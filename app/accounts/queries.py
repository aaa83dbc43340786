"""Every SELECT of accounts. What takes an actor returns only what that person may see."""

from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import (
    ApiToken,
    Membership,
    OneTimeToken,
    Organisation,
    Role,
    RoleGrant,
    TokenPurpose,
    User,
    UserSession,
)
from app.accounts.permissions import (
    may_enter_organisation,
    may_look_after_organisations,
    may_manage_people,
    may_see_organisation,
)
from app.accounts.rules.limits import SESSION_IDLE
from app.accounts.rules.names import LookAlikes
from app.core.clock import now
from app.core.errors import Forbidden, NotFound
from app.core.text import fold, folded_words
from app.core.tokens import token_hash
from app.extensions import db

PAGE = 50
_IS_SOMEBODYS = (
    exists().where(
        Membership.organisation_id == Organisation.id,
        Membership.user_id == User.id,
        User.activated_at.is_not(None),
    )
    | Organisation.entered_by_id.is_not(None)
    | Organisation.verified_at.is_not(None)
)
"""Not a registration whose address nobody has proved yet: that may be nobody's."""


def find_user(user_id: int) -> User | None:
    return db.session.get(User, user_id)


def has_account(user: User) -> bool:
    """Whether there is more than a registration that waits; a closed account is one still."""
    return user.activated_at is not None or user.disabled_at is not None


def find_user_by_email(email: str) -> User | None:
    """The account of a normalised address, whatever its state."""
    return db.session.scalars(select(User).where(User.email == email)).one_or_none()


def find_password_hash(email: str) -> tuple[int | None, str | None]:
    """Account and hash behind an address, in one bare row: the same work whether there is one or not."""
    row = db.session.execute(select(User.id, User.password_hash).where(User.email == email)).one_or_none()
    return (row.id, row.password_hash) if row is not None else (None, None)


def list_people(actor: User, *, text: str = "", page: int = 1) -> list[User]:
    """Accounts by name, a page of them; `text` is looked for in address and name. Raises Forbidden."""
    if not may_manage_people(actor):
        raise Forbidden
    found = select(User).where(*_called(text)).order_by(func.lower(User.name), User.id)
    found = found.options(selectinload(User.every_grant))
    return list(db.session.scalars(found.limit(PAGE).offset((page - 1) * PAGE)))


def list_colleagues(actor: User, text: str) -> list[User]:
    """Who acts for the organisations of the actor now, by name; `text` is looked for in address and name."""
    present = Membership.ended_at.is_(None) & Membership.organisation_id.in_(actor.organisation_ids())
    is_one = exists().where(Membership.user_id == User.id, present)
    found = (
        select(User)
        .where(is_one, User.id != actor.id, *_called(text))
        .order_by(func.lower(User.name), User.id)
    )
    return list(db.session.scalars(found))


def list_names(actor: User) -> list[str]:
    """What people and organisations are called, for those who look after them."""
    if not may_look_after_organisations(actor):
        return []
    is_open = Organisation.closed_at.is_(None)
    found = [
        name
        for one in db.session.execute(
            select(Organisation.name, Organisation.name_fa).where(is_open, _IS_SOMEBODYS)
        )
        for name in one
        if name
    ]
    if may_manage_people(actor):
        found += db.session.scalars(select(User.name))
    return found


def find_managed_user(actor: User, user_id: int) -> User | None:
    """Any account, for those who manage people; None for everybody else."""
    return db.session.get(User, user_id) if may_manage_people(actor) else None


def count_active_admins(*, without_user_id: int) -> int:
    """How many people besides this one could give roles back."""
    active = User.activated_at.is_not(None) & User.disabled_at.is_(None)
    others = (
        select(func.count())
        .select_from(RoleGrant)
        .join(RoleGrant.user)
        .where(RoleGrant.role == Role.ADMIN, active, User.id != without_user_id)
    )
    return db.session.execute(others).scalar_one()


def find_grant(user_id: int, role: Role, lab_id: int | None) -> RoleGrant | None:
    """The row that trusts the person with this role there."""
    return db.session.scalars(
        select(RoleGrant).where(
            RoleGrant.user_id == user_id,
            RoleGrant.role == role,
            RoleGrant.lab_id.is_not_distinct_from(lab_id),
        )
    ).one_or_none()


def list_deputies_of(user_id: int) -> list[RoleGrant]:
    """What others were given to stand in for this person."""
    return list(
        db.session.scalars(select(RoleGrant).where(RoleGrant.deputy_for_id == user_id).order_by(RoleGrant.id))
    )


def list_liaisons() -> list[User]:
    """The people of the liaison office whose accounts are open; they are told what waits for them."""
    granted = exists().where(RoleGrant.user_id == User.id, RoleGrant.role == Role.LIAISON)
    active = User.activated_at.is_not(None) & User.disabled_at.is_(None)
    liaisons = select(User).where(granted, active).order_by(User.id)
    return list(db.session.scalars(liaisons.options(selectinload(User.memberships))))


def list_stale_registrations(before: datetime) -> list[User]:
    """Accounts asked for before then, whose address nobody proved and nobody can prove any more."""
    may_be_proved = exists().where(
        OneTimeToken.user_id == User.id, OneTimeToken.used_at.is_(None), OneTimeToken.expires_at > now()
    )
    waits = User.activated_at.is_(None) & User.disabled_at.is_(None) & (User.created_at < before)
    return list(db.session.scalars(select(User).where(waits, ~may_be_proved)))


def select_usable_link(purpose: TokenPurpose, token: str) -> Select[OneTimeToken]:
    return select(OneTimeToken).where(
        OneTimeToken.token_hash == token_hash(token),
        OneTimeToken.purpose == purpose,
        OneTimeToken.used_at.is_(None),
        OneTimeToken.expires_at > now(),
    )


def find_usable_link(purpose: TokenPurpose, token: str) -> OneTimeToken | None:
    """The link as long as it works; looking at it does not use it."""
    return db.session.scalars(select_usable_link(purpose, token)).one_or_none()


def find_latest_registration(email: str) -> OneTimeToken | None:
    """What was typed last for an address that is not proved yet."""
    waiting = (
        select(OneTimeToken)
        .join(OneTimeToken.user)
        .where(
            User.email == email,
            User.activated_at.is_(None),
            User.disabled_at.is_(None),
            OneTimeToken.purpose == TokenPurpose.ACTIVATE,
            OneTimeToken.used_at.is_(None),
        )
    )
    return db.session.scalars(waiting.order_by(OneTimeToken.id.desc()).limit(1)).one_or_none()


def list_activation_links(user_id: int) -> list[OneTimeToken]:
    """Every link that was mailed to prove this person's address, whether it still works or not."""
    mailed = (OneTimeToken.user_id == user_id) & (OneTimeToken.purpose == TokenPurpose.ACTIVATE)
    return list(db.session.scalars(select(OneTimeToken).where(mailed).order_by(OneTimeToken.id)))


def find_session(token: str) -> UserSession | None:
    """The session behind a cookie's secret, over or not, and whose it is with all they may do: every
    request asks for that, and so once.
    """
    whose = joinedload(UserSession.user)
    kept = (
        select(UserSession)
        .where(UserSession.token_hash == token_hash(token))
        .options(
            whose.joinedload(User.memberships).joinedload(Membership.organisation),
            whose.joinedload(User.every_grant),
        )
    )
    return db.session.scalars(kept).unique().one_or_none()


def list_sessions(actor: User) -> list[UserSession]:
    """The actor's signed-in browsers, the one used last first."""
    mine = select(UserSession).where(
        UserSession.user_id == actor.id,
        UserSession.expires_at > now(),
        UserSession.seen_at > now() - SESSION_IDLE,
    )
    return list(db.session.scalars(mine.order_by(UserSession.seen_at.desc(), UserSession.id.desc())))


def list_api_tokens(actor: User) -> list[ApiToken]:
    """The actor's tokens that work, newest first."""
    mine = select(ApiToken).where(ApiToken.user_id == actor.id, ApiToken.revoked_at.is_(None))
    return list(db.session.scalars(mine.order_by(ApiToken.id.desc())))


def get_organisation(organisation_id: int) -> Organisation:
    """Any organisation, for what the program does by itself. Raises NotFound."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


def find_organisation(actor: User, organisation_id: int) -> Organisation | None:
    """The organisation if the actor may see it: one's own, any for the liaison office."""
    organisation = db.session.get(Organisation, organisation_id)
    may_see = organisation is not None and may_see_organisation(actor, organisation)
    return organisation if may_see else None


def list_organisations(
    actor: User, *, text: str = "", unverified: bool = False, page: int = 1
) -> list[Organisation]:
    """Open organisations, for the staff who deal with companies; newest first. Raises Forbidden.

    Registrations whose address nobody has proved yet are left out: they may be nobody's.
    """
    if not may_enter_organisation(actor):
        raise Forbidden
    found = select(Organisation).where(Organisation.closed_at.is_(None), _IS_SOMEBODYS)
    if unverified:
        found = found.where(Organisation.verified_at.is_(None))
    for word in folded_words(text):
        found = found.where(Organisation.folded_name.contains(word, autoescape=True))
    found = found.order_by(Organisation.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return list(db.session.scalars(found))


def list_known_organisations() -> list[Organisation]:
    """The open organisations that are verified or that staff entered, by name (for services)."""
    meant = Organisation.verified_at.is_not(None) | Organisation.entered_by_id.is_not(None)
    found = select(Organisation).where(meant, Organisation.closed_at.is_(None))
    return list(db.session.scalars(found.order_by(Organisation.name, Organisation.id)))


def list_look_alikes(actor: User, organisation: Organisation) -> list[Organisation]:
    """Open organisations whose name could be taken for this one's. Raises Forbidden.

    Registrations whose address nobody has proved yet are left out.
    """
    if not may_look_after_organisations(actor):
        raise Forbidden
    is_other = Organisation.closed_at.is_(None) & (Organisation.id != organisation.id)
    others = select(Organisation.id, Organisation.name, Organisation.name_fa).where(is_other, _IS_SOMEBODYS)
    alike = LookAlikes(_names(organisation))
    found = [other.id for other in db.session.execute(others) if any(name in alike for name in _names(other))]
    rows = select(Organisation).where(Organisation.id.in_(found)).order_by(Organisation.id)
    return list(db.session.scalars(rows))


def list_organisations_called(name: str) -> list[Organisation]:
    """The organisations that staff may mean by this name, in either language and however it is spelt.

    Open ones that are verified or that staff entered, oldest first and all of them. One that registered
    itself and that nobody has verified may only be called so.
    """
    key = fold(name)
    # Folded names hold no space, so the one between the two says where each ends.
    called_so = or_(
        Organisation.folded_name == key,
        Organisation.folded_name.startswith(f"{key} ", autoescape=True),
        Organisation.folded_name.endswith(f" {key}", autoescape=True),
    )
    meant = Organisation.verified_at.is_not(None) | Organisation.entered_by_id.is_not(None)
    found = select(Organisation).where(called_so, meant, Organisation.closed_at.is_(None))
    return list(db.session.scalars(found.order_by(Organisation.id)))


def find_unclaimed_organisation(name: str) -> Organisation | None:
    """The company without account that staff entered under this name before."""
    return next((one for one in list_organisations_called(name) if is_unclaimed(one)), None)


def is_unclaimed(organisation: Organisation) -> bool:
    """Whether staff entered it and nobody has ever belonged to it."""
    if organisation.entered_by_id is None or organisation.closed_at is not None:
        return False
    return not db.session.execute(
        select(exists().where(Membership.organisation_id == organisation.id))
    ).scalar_one()


def list_members(organisation: Organisation) -> list[Membership]:
    """Who acts for it now; those whose address is not proved yet included."""
    present = select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.ended_at.is_(None)
    )
    people = joinedload(Membership.user)
    return list(db.session.scalars(present.options(people).order_by(Membership.id)))


def list_invitations(organisation: Organisation) -> list[OneTimeToken]:
    """Its invitations that nobody has accepted yet."""
    waiting = select(OneTimeToken).where(
        OneTimeToken.organisation_id == organisation.id,
        OneTimeToken.purpose == TokenPurpose.INVITE,
        OneTimeToken.used_at.is_(None),
        OneTimeToken.expires_at > now(),
    )
    return list(db.session.scalars(waiting.order_by(OneTimeToken.id)))


def _called(text: str) -> list[ColumnElement[bool]]:
    """That each word occurs in a person's name or address."""
    return [
        or_(User.email.contains(word, autoescape=True), User.name.icontains(word, autoescape=True))
        for word in text.casefold().split()
    ]


def _names(organisation: Organisation | Row[int, str, str | None]) -> list[str]:
    return [name for name in (organisation.name, organisation.name_fa) if name]
