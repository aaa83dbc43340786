"""Subscription addresses and the things they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Organisation, Role, User
from app.booking.permissions import DECIDERS
from app.calendars.models import SCOPES_OF_A_PERSON, Feed, FeedScope
from app.core.errors import NotFound
from app.extensions import db
from app.inventory.models import Equipment, Lab, Site, Unit

Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Subject:
    """What a calendar is about, in both languages."""

    name: str
    name_fa: str | None
    zone_name: str | None = None
    """Where it stands; None for an organisation, which is not a place."""
    unit_number: int | None = None


def list_feeds(actor: User) -> Sequence[Feed]:
    """The actor's own addresses that still lead somewhere, newest first."""
    return db.session.scalars(
        select(Feed).where(Feed.user_id == actor.id, Feed.ended_at.is_(None)).order_by(Feed.id.desc())
    ).all()


def get_feed(actor: User, feed_id: int) -> Feed:
    """One of the actor's own. Raises NotFound also for one that has ended."""
    feed = db.session.scalar(
        select(Feed).where(Feed.id == feed_id, Feed.user_id == actor.id, Feed.ended_at.is_(None))
    )
    if feed is None:
        raise NotFound
    return feed


def find_open_feed(token_hash: str) -> Feed | None:
    """The feed of this secret, with its person.

    Looked up by the hash, so how long it takes says nothing about how much of a guess was right.
    """
    return db.session.scalar(
        select(Feed)
        .where(Feed.token_hash == token_hash, Feed.ended_at.is_(None))
        .options(joinedload(Feed.user))
    )


def find_lab(slug: str) -> Lab | None:
    return db.session.scalar(select(Lab).where(Lab.slug == slug))


def get_subject(scope: FeedScope, scope_id: int | None) -> Subject | None:
    """What the calendar is about; None for one that is about a person. Raises NotFound."""
    if scope in SCOPES_OF_A_PERSON:
        return None
    found = db.session.execute(_SUBJECTS[scope](scope_id)).one_or_none()
    if found is None:
        raise NotFound
    return Subject(*found)


def equipment_of(unit_id: int) -> int | None:
    return db.session.scalar(select(Unit.equipment_id).where(Unit.id == unit_id))


def labs_decided_by(viewer: User) -> set[int]:
    """The labs whose requests wait for this person."""
    if viewer.has_role(Role.ADMIN):
        return set(db.session.scalars(select(Lab.id)))
    return viewer.lab_ids(*DECIDERS)


def _equipment(scope_id: int | None) -> Rows:
    return _named_equipment().where(Equipment.id == scope_id)


def _unit(scope_id: int | None) -> Rows:
    return _named_equipment().join(Equipment.units).add_columns(Unit.number).where(Unit.id == scope_id)


def _named_equipment() -> Rows:
    return select(Equipment.name, Equipment.name_fa, Site.zone_name).join(Equipment.lab).join(Lab.site)


def _lab(scope_id: int | None) -> Rows:
    return select(Lab.name, Lab.name_fa, Site.zone_name).join(Lab.site).where(Lab.id == scope_id)


def _organisation(scope_id: int | None) -> Rows:
    return select(Organisation.name, Organisation.name_fa).where(Organisation.id == scope_id)


_SUBJECTS = {
    FeedScope.EQUIPMENT: _equipment,
    FeedScope.UNIT: _unit,
    FeedScope.LAB: _lab,
    FeedScope.ORGANISATION: _organisation,
}
