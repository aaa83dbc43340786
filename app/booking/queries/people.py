"""Who answers for a lab, and for a company."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.accounts.models import Membership, MembershipRole, Role, RoleGrant, User
from app.booking.models import Absence, Booking
from app.booking.permissions import DECIDERS, is_concerned
from app.core.clock import now
from app.extensions import db
from app.inventory.models import Lab


def list_deciders(lab_ids: Collection[int]) -> Sequence[User]:
    """Who answers for these labs now and can sign in, each once: in the place of who is away their deputy."""
    everybody = _with_roles(lab_ids, DECIDERS)
    # Better a letter to who is away than one to nobody.
    there = _not_away(lab_ids, everybody)
    return there or everybody


def labs_without_decider(lab_ids: Collection[int]) -> set[int]:
    """Those of these labs in which everybody who answers is away now, and nobody stands in."""
    away = {one.lab_id for one in list_absences(lab_ids) if one.counts(now())}
    return {id_ for id_ in away if not _not_away([id_], _with_roles([id_], DECIDERS))}


def list_labs_alone(actor: User) -> Sequence[Lab]:
    """The labs of which the actor hears that nobody is there to answer: their own, an admin's all."""
    away = select(Absence.lab_id).where(Absence.begins_at <= now(), Absence.ends_at > now())
    its = select(Lab).where(Lab.id.in_(away)).order_by(Lab.id)
    if not actor.has_role(Role.ADMIN):
        its = its.where(Lab.id.in_(actor.lab_ids(*DECIDERS)))
    labs = db.session.scalars(its).all()
    alone = labs_without_decider([lab.id for lab in labs]) if labs else set()
    return [lab for lab in labs if lab.id in alone]


def list_absences(lab_ids: Collection[int]) -> Sequence[Absence]:
    """Who is or will be away in these labs with nobody in their place, by the day it begins."""
    return db.session.scalars(
        select(Absence)
        .where(Absence.lab_id.in_(lab_ids), Absence.ends_at > now())
        .options(joinedload(Absence.user))
        .order_by(Absence.begins_at, Absence.id)
    ).all()


def _not_away(lab_ids: Collection[int], people: Sequence[User]) -> list[User]:
    """Who of these is not away in all of the labs in which they answer."""
    at = now()
    away = {(one.deputy_for_id, one.lab_id) for one in list_deputies(lab_ids) if one.counts(at)}
    away |= {(one.user_id, one.lab_id) for one in list_absences(lab_ids) if one.counts(at)}
    return [
        one for one in people if any((one.id, lab_id) not in away for lab_id in _answers_in(one, lab_ids))
    ]


def _answers_in(person: User, lab_ids: Collection[int]) -> set[int]:
    return person.lab_ids(*DECIDERS) & set(lab_ids)


def list_deputies(lab_ids: Collection[int]) -> Sequence[RoleGrant]:
    """Who stands or will stand in for whom in these labs, by the day it begins."""
    return db.session.scalars(
        select(RoleGrant)
        .where(
            RoleGrant.lab_id.in_(lab_ids),
            RoleGrant.deputy_for_id.is_not(None),
            RoleGrant.valid_until > now(),
        )
        .options(joinedload(RoleGrant.user), joinedload(RoleGrant.deputy_for))
        .order_by(RoleGrant.valid_from, RoleGrant.id)
    ).all()


def list_regular_deciders(lab_ids: Collection[int]) -> dict[int, list[User]]:
    """Each lab's managers and approvers, whether or not they are away; without deputies. One query."""
    grants = db.session.scalars(
        select(RoleGrant)
        .join(RoleGrant.user)
        .where(
            RoleGrant.lab_id.in_(lab_ids),
            RoleGrant.role.in_(DECIDERS),
            RoleGrant.deputy_for_id.is_(None),
            User.disabled_at.is_(None),
        )
        .options(contains_eager(RoleGrant.user))
        .order_by(RoleGrant.user_id)
    )
    found: dict[int, list[User]] = {id_: [] for id_ in lab_ids}
    for grant in grants:
        if grant.lab_id is not None and grant.user not in found[grant.lab_id]:
            found[grant.lab_id].append(grant.user)
    return found


def find_grant_in(lab_id: int, user_id: int) -> Sequence[RoleGrant]:
    """What the person is trusted with in deciding for the lab, over or to come included."""
    return db.session.scalars(
        select(RoleGrant).where(
            RoleGrant.lab_id == lab_id, RoleGrant.user_id == user_id, RoleGrant.role.in_(DECIDERS)
        )
    ).all()


def list_safety_officers(lab_ids: Collection[int]) -> Sequence[User]:
    """The safety officers of these labs who can sign in, each once."""
    return _with_roles(lab_ids, (Role.SAFETY_OFFICER,))


def list_with_role(lab_ids: Collection[int], role: Role) -> Sequence[User]:
    """Those who have the role in one of these labs and can sign in, each once."""
    return _with_roles(lab_ids, (role,))


def list_office() -> Sequence[User]:
    """The people of the liaison office who can sign in."""
    return db.session.scalars(
        select(User)
        .where(
            User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role == Role.LIAISON)),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .order_by(User.id)
    ).all()


def list_askers(booking: Booking) -> Sequence[User]:
    """Who hears of the booking on the company's side: who asked, or its admins when they have left."""
    if booking.requester.is_active and is_concerned(booking.requester, booking):
        return [booking.requester]
    return db.session.scalars(
        select(User)
        .join(User.memberships)
        .where(
            Membership.organisation_id == booking.organisation_id,
            Membership.role == MembershipRole.ADMIN,
            Membership.ended_at.is_(None),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .order_by(User.id)
    ).all()


def list_members(organisation_id: int) -> Sequence[User]:
    """The organisation's people who can sign in, by name."""
    return db.session.scalars(
        select(User)
        .join(User.memberships)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .order_by(User.name, User.id)
    ).all()


def _with_roles(lab_ids: Collection[int], roles: Collection[Role]) -> Sequence[User]:
    return db.session.scalars(
        select(User)
        .where(
            User.id.in_(
                select(RoleGrant.user_id).where(
                    RoleGrant.lab_id.in_(lab_ids), RoleGrant.role.in_(roles), RoleGrant.counting(now())
                )
            ),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .options(selectinload(User.every_grant))
        .order_by(User.id)
    ).all()
