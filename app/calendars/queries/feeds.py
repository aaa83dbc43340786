"""Subscription addresses and the things they are about."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from app.accounts.models import Organisation, Role, User
from app.booking.permissions import DECIDERS
from app.calendars.models import SCOPES_OF_A_PERSON, Feed, FeedScope
from app.core.errors import NotFound
from app.extensions import db
from app.inventory.models import Equipment, Lab, Site, Unit
from app.inventory.queries.equipment import visible_to

Rows = Select[*tuple[Any, ...]]
Things = tuple[InstrumentedAttribute[int], Rows]
"""The id of a kind of thing, and the select of what they are called."""
Named = tuple[FeedScope, int | None]
"""A calendar, by its scope and the id of what it is about."""


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
    """The feed of this secret, with its person and their roles, which decide what may be read.

    Looked up by the hash, so how long it takes says nothing about how much of a guess was right.
    """
    found = db.session.scalars(
        select(Feed)
        .where(Feed.token_hash == token_hash, Feed.ended_at.is_(None))
        .options(joinedload(Feed.user).joinedload(User.every_grant))
    )
    return found.unique().one_or_none()


def find_lab(slug: str) -> Lab | None:
    return db.session.scalar(select(Lab).where(Lab.slug == slug))


def get_subject(scope: FeedScope, scope_id: int | None) -> Subject | None:
    """What the calendar is about; None for one that is about a person. Raises NotFound."""
    found = subjects_of([(scope, scope_id)])
    if (scope, scope_id) not in found:
        raise NotFound
    return found[scope, scope_id]


def subjects_of(calendars: Iterable[Named]) -> dict[Named, Subject | None]:
    """The same of many, by scope and id: a query for each kind of thing. What does not exist is left out."""
    found: dict[Named, Subject | None] = {}
    wanted: dict[FeedScope, set[int | None]] = defaultdict(set)
    for scope, scope_id in calendars:
        if scope in SCOPES_OF_A_PERSON:
            found[scope, scope_id] = None
        else:
            wanted[scope].add(scope_id)
    for scope, ids in wanted.items():
        key, things = _THINGS[scope]()
        for *named, id_ in db.session.execute(things.add_columns(key).where(key.in_(ids))):
            found[scope, id_] = Subject(*named)
    return found


def is_shown_to(actor: User, scope: FeedScope, scope_id: int | None) -> bool:
    """Whether the equipment, or that of the unit, has a page for this person."""
    key, things = _THINGS[scope]()
    found = things.where(key == scope_id, visible_to(actor))
    return db.session.execute(found).first() is not None


def equipment_of(unit_id: int) -> int | None:
    return db.session.scalar(select(Unit.equipment_id).where(Unit.id == unit_id))


def labs_decided_by(viewer: User) -> set[int]:
    """The labs whose requests wait for this person."""
    if viewer.has_role(Role.ADMIN):
        return set(db.session.scalars(select(Lab.id)))
    return viewer.lab_ids(*DECIDERS)


def _equipment() -> Things:
    return Equipment.id, _named_equipment()


def _unit() -> Things:
    return Unit.id, _named_equipment().join(Equipment.units).add_columns(Unit.number)


def _named_equipment() -> Rows:
    return select(Equipment.name, Equipment.name_fa, Site.zone_name).join(Equipment.lab).join(Lab.site)


def _lab() -> Things:
    return Lab.id, select(Lab.name, Lab.name_fa, Site.zone_name).join(Lab.site)


def _organisation() -> Things:
    return Organisation.id, select(Organisation.name, Organisation.name_fa)


_THINGS = {
    FeedScope.EQUIPMENT: _equipment,
    FeedScope.UNIT: _unit,
    FeedScope.LAB: _lab,
    FeedScope.ORGANISATION: _organisation,
}
