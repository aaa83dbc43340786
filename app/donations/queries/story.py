"""What became of an offer: its deliveries, the looks at its units, and what happened when."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Organisation, User
from app.agreements.models import Agreement
from app.core.event_log import EventRecord
from app.donations.events import OfferEvent
from app.donations.models import (
    Commissioning,
    Consignment,
    ConsignmentLine,
    DonatedUnit,
    Inspection,
    Offer,
)
from app.extensions import db
from app.inventory.models import Acquisition, AcquisitionKind, Equipment, Lab, Site, Unit, UnitStatus


@dataclass(frozen=True)
class Happening:
    """One thing that happened."""

    name: str
    """The name of the event's class."""
    at: datetime
    who: str | None
    """None: nobody did it; it came by itself."""
    data: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Came:
    """So many of a line on one day, and who took them in."""

    received: int
    damaged: int
    refused: int
    on: datetime
    who: str


@dataclass(frozen=True, kw_only=True)
class Look:
    """One inspection of a unit."""

    result: str
    note: str
    who: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A unit of the gift with all that was done to it, the first look first."""

    unit: Unit
    donated: DonatedUnit
    looks: Sequence[Look]
    responsible: str | None
    """None until it is in service."""
    since: datetime | None


@dataclass(frozen=True, kw_only=True)
class Given:
    """Where a unit came from, for pages of equipment."""

    donor: Organisation
    offer: Offer | None
    """None for a gift that did not come through an offer."""
    agreement_number: str | None


def list_history(offer: Offer) -> Sequence[Happening]:
    """Everything that happened to an offer that the reader may see, in order."""
    rows = db.session.execute(
        select(EventRecord.name, EventRecord.at, User.name.label("who"), EventRecord.data)
        .outerjoin(User, User.id == EventRecord.actor_id)
        .where(EventRecord.subject_kind == OfferEvent.subject_kind, EventRecord.subject_id == offer.id)
        .order_by(EventRecord.id)
    )
    return [Happening(row.name, row.at, row.who, row.data) for row in rows]


def list_deliveries(offer: Offer) -> dict[int, list[Came]]:
    """What came of each line, by its id, the first delivery first."""
    rows = db.session.execute(
        select(ConsignmentLine, Consignment.created_at, User.name)
        .join(ConsignmentLine.consignment)
        .join(User, User.id == Consignment.received_by_id)
        .where(Consignment.offer_id == offer.id)
        .order_by(Consignment.id)
    )
    found: dict[int, list[Came]] = {line.id: [] for line in offer.lines}
    for line, on, who in rows:
        came = Came(received=line.received, damaged=line.damaged, refused=line.refused, on=on, who=who)
        found[line.line_id].append(came)
    return found


def list_copies(offer: Offer) -> list[Copy]:
    """Every unit that came, in order of arrival."""
    rows = db.session.execute(
        select(DonatedUnit, Commissioning)
        .join(DonatedUnit.consignment_line)
        .join(ConsignmentLine.consignment)
        .outerjoin(Commissioning, Commissioning.unit_id == DonatedUnit.unit_id)
        .where(Consignment.offer_id == offer.id)
        .options(
            joinedload(DonatedUnit.unit)
            .joinedload(Unit.equipment)
            .joinedload(Equipment.lab)
            .joinedload(Lab.site)
            .joinedload(Site.organisation),
            joinedload(DonatedUnit.consignment_line),
            joinedload(DonatedUnit.allocation),
        )
        .order_by(DonatedUnit.id)
    ).all()
    looks = _looks([donated.unit_id for donated, _ in rows]) if rows else {}
    return [
        Copy(
            unit=donated.unit,
            donated=donated,
            looks=looks.get(donated.unit_id, []),
            responsible=commissioning.responsible if commissioning else None,
            since=commissioning.at if commissioning else None,
        )
        for donated, commissioning in rows
    ]


def waiting_units(offer_ids: Collection[int]) -> dict[int, Counter[UnitStatus]]:
    """How many units of each offer are in which status."""
    rows = db.session.execute(
        select(Consignment.offer_id, Unit.status, func.count())
        .select_from(DonatedUnit)
        .join(DonatedUnit.consignment_line)
        .join(ConsignmentLine.consignment)
        .join(DonatedUnit.unit)
        .where(Consignment.offer_id.in_(offer_ids))
        .group_by(Consignment.offer_id, Unit.status)
    )
    found: dict[int, Counter[UnitStatus]] = {}
    for offer_id, status, many in rows:
        found.setdefault(offer_id, Counter())[status] = many
    return found


def gifts_among(unit_ids: Collection[int]) -> dict[int, Given]:
    """Those of the units that were given, with the donor; whoever asks may see the units."""
    donor = aliased(Organisation)
    rows = db.session.execute(
        select(Acquisition.unit_id, donor, Offer, Agreement.number)
        .join(donor, donor.id == Acquisition.source_organisation_id)
        .outerjoin(DonatedUnit, DonatedUnit.unit_id == Acquisition.unit_id)
        .outerjoin(DonatedUnit.consignment_line)
        .outerjoin(ConsignmentLine.consignment)
        .outerjoin(Consignment.offer)
        .outerjoin(Offer.agreement)
        .where(Acquisition.unit_id.in_(unit_ids), Acquisition.kind == AcquisitionKind.GIFT)
    )
    return {
        unit_id: Given(donor=organisation, offer=offer, agreement_number=number)
        for unit_id, organisation, offer, number in rows
    }


def _looks(unit_ids: Collection[int]) -> dict[int, list[Look]]:
    rows = db.session.execute(
        select(Inspection, User.name)
        .join(User, User.id == Inspection.inspected_by_id)
        .where(Inspection.unit_id.in_(unit_ids))
        .order_by(Inspection.id)
    )
    found: dict[int, list[Look]] = {}
    for inspection, who in rows:
        look = Look(result=inspection.result, note=inspection.note, who=who, at=inspection.at)
        found.setdefault(inspection.unit_id, []).append(look)
    return found
