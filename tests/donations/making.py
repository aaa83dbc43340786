"""Published needs and offers for tests of donations."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.accounts.models import User
from app.core.clock import now
from app.core.spans import Span
from app.donations.models import Offer
from app.donations.rules.states import Condition, Result
from app.donations.services.decide import accept_offer, sign_agreement
from app.donations.services.deliver import Arrived, commission, inspect, receive
from app.donations.services.offer import Line, draft_offer, submit_offer
from app.extensions import db
from app.inventory.models import Unit
from app.needs.models import Need, NeedEvidence, NeedState
from app.needs.rules.evidence import Evidence, Figures
from tests.cast import Cast


def published_need(cast: Cast, *, quantity: int = 1, **more: Any) -> Need:
    """A need of the materials lab for Raman spectrometers, as its page shows it."""
    values: dict[str, Any] = {
        "lab_id": cast.materials.id,
        "category_id": cast.raman_category.id,
        "title": "A second Raman spectrometer",
        "justification": "Three companies wait for weeks.",
        "quantity": quantity,
        "written_by_id": cast.manager.id,
        "state": NeedState.PUBLISHED,
        "created_at": now() - timedelta(days=30),
        "published_at": now() - timedelta(days=20),
    }
    need = Need(**values | more)
    db.session.add(need)
    db.session.flush()
    if need.published_at:
        db.session.add(NeedEvidence.of(need, evidence_of(need), need.published_at))
    db.session.commit()
    return need


def evidence_of(need: Need) -> Evidence:
    """Seventy-four hours that four companies missed in ninety days; one more would have served sixty."""
    published = need.published_at or now()
    return Evidence(
        computed_on=published.date(),
        window=Span(published - timedelta(days=90), published),
        formula="1",
        figures=Figures(
            unmet_minutes=74 * 60,
            organisations=4,
            units=1,
            utilisation=91,
            downtime_minutes=0,
            extra=1,
            served_minutes=60 * 60,
        ),
    )


def a_line(cast: Cast, *needs: Need, quantity: int = 1, **more: Any) -> Line:
    line = Line(
        description="Raman spectrometer, 785 nm",
        category_id=cast.raman_category.id,
        quantity=quantity,
        condition=Condition.GOOD,
        need_ids=[need.id for need in needs],
    )
    return replace(line, **more)


def offered(
    cast: Cast,
    *needs: Need,
    quantity: int = 1,
    actor: User | None = None,
    valid_until: date | None = None,
) -> Offer:
    """Submitted by the donor (or whom you say) for these needs."""
    actor = actor or cast.donor
    lines = [a_line(cast, *needs, quantity=quantity)]
    drafted = draft_offer(actor=actor, lines=lines, valid_until=valid_until)
    return submit_offer(actor=actor, offer_id=drafted.id)


def agreed(cast: Cast, *needs: Need, quantity: int = 1) -> Offer:
    """Accepted by the liaison office, the agreement signed."""
    offer = offered(cast, *needs, quantity=quantity)
    accept_offer(actor=cast.liaison, offer_id=offer.id)
    today = now().date()
    return sign_agreement(actor=cast.liaison, offer_id=offer.id, number="G-1405/7", signed_on=today)


def arrived(cast: Cast, offer: Offer, received: int = 1) -> list[Unit]:
    """So many of its first line stand in the lab and await inspection."""
    line = Arrived(line_id=offer.lines[0].id, received=received)
    return receive(actor=cast.manager, offer_id=offer.id, lines=[line])


def in_service(cast: Cast, offer: Offer, unit: Unit, *, equipment_id: int | None = None) -> int:
    """Inspected and commissioned in the materials lab; the id of its equipment."""
    inspect(actor=cast.technician, offer_id=offer.id, unit_id=unit.id, result=Result.PASS)
    _unit, equipment = commission(
        actor=cast.manager,
        offer_id=offer.id,
        unit_id=unit.id,
        lab_id=cast.materials.id,
        responsible="Mina Akbari",
        equipment_id=equipment_id,
    )
    return equipment.id
