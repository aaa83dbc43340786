"""How much of a lab each organisation may have in a week or month."""

from datetime import time

from app.accounts.models import Organisation, OrganisationKind
from app.accounts.operator import Actor
from app.agreements.models import Agreement
from app.booking.events import QuotaLifted, QuotaSet
from app.booking.models import QuotaLimit
from app.booking.rules.allowances import LONGEST_PERIOD, Per, Prime
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.extensions import db
from app.inventory.models import Equipment
from app.inventory.permissions import may_manage_lab
from app.inventory.queries.places import get_lab

MOST_MINUTES = int(LONGEST_PERIOD.total_seconds() // 60) * 1000
"""A thousand instruments for a month."""


@unit_of_work
def set_quota(
    *,
    actor: Actor,
    lab_id: int,
    minutes: int,
    per: Per,
    equipment_id: int | None = None,
    prime: Prime | None = None,
    organisation_id: int | None = None,
    organisation_kind: OrganisationKind | None = None,
    agreement_id: int | None = None,
) -> QuotaLimit:
    """From now on an organisation may have so much and no more; what it has already, it keeps.

    Of an agreement, its organisation may, as long as it is in force.

    Raises Forbidden, NotFound (also for equipment of another lab), InvalidInput.
    """
    if not may_manage_lab(actor, get_lab(lab_id).id):
        raise Forbidden
    _look_up(lab_id, equipment_id, organisation_id, agreement_id)
    meant = [one for one in (organisation_id, organisation_kind, agreement_id) if one is not None]
    if wrong := _wrong(minutes, prime, is_for_both=len(meant) > 1):
        raise InvalidInput(*wrong)
    quota = QuotaLimit(
        lab_id=lab_id,
        equipment_id=equipment_id,
        minutes=minutes,
        per=per,
        prime_opens=prime.opens if prime else None,
        prime_closes=prime.closes if prime else None,
        prime_weekdays=sorted(prime.weekdays) if prime else [],
        organisation_id=organisation_id,
        organisation_kind=organisation_kind,
        agreement_id=agreement_id,
        created_at=now(),
    )
    db.session.add(quota)
    db.session.flush()
    publish(
        QuotaSet(
            actor_id=actor.id,
            subject_id=quota.id,
            lab_id=lab_id,
            equipment_id=equipment_id,
            minutes=minutes,
            per=per.value,
        )
    )
    return quota


@unit_of_work
def lift_quota(*, actor: Actor, quota_id: int) -> None:
    """It counts no more. Raises NotFound, also to who does not manage the lab."""
    quota = db.session.get(QuotaLimit, quota_id)
    if quota is None or not may_manage_lab(actor, quota.lab_id):
        raise NotFound
    lab_id = quota.lab_id
    db.session.delete(quota)
    db.session.flush()
    publish(QuotaLifted(actor_id=actor.id, subject_id=quota_id, lab_id=lab_id))


def _look_up(
    lab_id: int, equipment_id: int | None, organisation_id: int | None, agreement_id: int | None
) -> None:
    if equipment_id is not None:
        equipment = db.session.get(Equipment, equipment_id)
        if equipment is None or equipment.lab_id != lab_id:
            raise NotFound
    if agreement_id is not None and db.session.get(Agreement, agreement_id) is None:
        raise NotFound
    if organisation_id is not None and db.session.get(Organisation, organisation_id) is None:
        raise NotFound


def _wrong(minutes: int, prime: Prime | None, *, is_for_both: bool) -> list[tuple[str, str]]:
    wrong = []
    if not 0 < minutes <= MOST_MINUTES:
        wrong.append(("minutes", "out_of_range"))
    if is_for_both:
        wrong.append(("organisation_kind", "one_or_a_kind"))
    if prime is not None and prime.opens >= prime.closes != time():
        wrong.append(("prime_closes", "ends-before-it-starts"))
    if prime is not None and not prime.weekdays:
        wrong.append(("prime_weekdays", "required"))
    return wrong
