"""Remembering a miss, when it happens."""

from datetime import datetime

from sqlalchemy import delete, exists, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Organisation, User, UserClass
from app.accounts.rules.belonging import organisation_meant
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import NotFound
from app.core.text import clean
from app.demand.models import Miss, MissKind, MissReason
from app.demand.rules.wishes import Wanted
from app.extensions import db

KIND_OF = {
    MissReason.NONE_FREE: MissKind.CAPACITY,
    MissReason.TOO_LATE: MissKind.CAPACITY,
    MissReason.WAITLIST_EXPIRED: MissKind.CAPACITY,
    MissReason.DECLINED: MissKind.CAPACITY,
    MissReason.OUT_OF_SERVICE: MissKind.OUTAGE,
    MissReason.REFUSED_BY_RULE: MissKind.POLICY,
}


@unit_of_work
def remember(
    *,
    user_id: int,
    organisation_id: int,
    wanted: Wanted,
    reason: MissReason,
    verdict_code: str | None = None,
    note: str = "",
    not_since: datetime | None = None,
) -> bool:
    """Keep that this was wanted and not to be had. True when it was new.

    Counted once per organisation, wish and day; with `not_since`, once since the day of that instant. The
    university's own people and its lab staff do not count: they try things out. In a short transaction of
    its own, after the refusal.
    """
    if not _counts(user_id, organisation_id):
        return False
    if not_since is not None and _is_remembered(organisation_id, wanted, not_since):
        return False
    miss = _miss(user_id, organisation_id, wanted, reason)
    miss.verdict_code, miss.note = verdict_code, note[:500]
    try:
        with db.session.begin_nested():
            db.session.add(miss)
    except IntegrityError:
        return False  # already remembered today
    return True


@unit_of_work
def forget(*, organisation_id: int, wanted: Wanted, reason: MissReason, since: datetime) -> None:
    """Take back what was remembered of this wish, for this reason, since then: it can be had after all."""
    db.session.execute(
        delete(Miss).where(
            Miss.organisation_id == organisation_id,
            Miss.wish_key == wanted.key(),
            Miss.reason == reason,
            Miss.at >= since,
        )
    )


@unit_of_work
def report_miss(
    *,
    actor: User,
    wanted: Wanted,
    reason: MissReason,
    organisation_id: int | None = None,
    note: str = "",
) -> bool:
    """Keep what somebody says they could not have. True when it counts and is new.

    Without an organisation the one the actor belongs to is meant. Raises InvalidInput when there is
    none or more than one, and NotFound for one that is not the actor's.
    """
    own = actor.organisation_ids()
    organisation_id = organisation_meant(own, organisation_id)
    if organisation_id not in own:
        raise NotFound
    return remember(
        user_id=actor.id, organisation_id=organisation_id, wanted=wanted, reason=reason, note=clean(note)
    )


@unit_of_work
def hand_over_misses(*, from_id: int, to_id: int) -> None:
    """What the one organisation missed is the other's; a wish that both had on one day counts once."""
    theirs = select(Miss.wish_key, Miss.on).where(Miss.organisation_id == to_id)
    mine = Miss.organisation_id == from_id
    db.session.execute(delete(Miss).where(mine, tuple_(Miss.wish_key, Miss.on).in_(theirs)))
    db.session.execute(update(Miss).where(mine).values(organisation_id=to_id))


def _is_remembered(organisation_id: int, wanted: Wanted, since: datetime) -> bool:
    first_day = since.astimezone(wanted.zone).date()
    known = exists().where(
        Miss.organisation_id == organisation_id, Miss.wish_key == wanted.key(), Miss.on >= first_day
    )
    return bool(db.session.scalar(select(known)))


def _counts(user_id: int, organisation_id: int) -> bool:
    user = db.session.get(User, user_id)
    organisation = db.session.get(Organisation, organisation_id)
    if user is None or organisation is None or user.grants:
        return False
    return organisation.user_class is not UserClass.INTERNAL


def _miss(user_id: int, organisation_id: int, wanted: Wanted, reason: MissReason) -> Miss:
    return Miss(
        user_id=user_id,
        organisation_id=organisation_id,
        at=now(),
        on=now().astimezone(wanted.zone).date(),
        wish_key=wanted.key(),
        equipment_id=wanted.equipment_id,
        category_id=wanted.category_id,
        lab_id=wanted.lab_id,
        query=wanted.query[:200],
        minutes=wanted.minutes,
        quantity=wanted.quantity,
        wanted_from=wanted.window.start,
        wanted_to=wanted.window.end,
        kind=KIND_OF[reason],
        reason=reason,
    )
