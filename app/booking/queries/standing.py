"""What is known of who asks: for all equipment and a whole window at once, in a handful of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, or_, select

from app.accounts.models import Organisation, User, UserClass
from app.agreements.models import AgreementKind
from app.agreements.queries import list_agreed, list_papers_of
from app.booking import ports
from app.booking.models import Authorisation, Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.booking.queries.quotas import quotas_for
from app.booking.rules.days import Days
from app.booking.rules.facts import Things
from app.booking.rules.policy import Rules
from app.booking.rules.standing import Standing
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment
from app.inventory.queries.categories import all_categories, with_ancestors
from app.occupancy.models import Source

LETS_IN = (AgreementKind.SERVICE_TERMS, AgreementKind.MOU)
"""What an organisation may use equipment under."""


@dataclass(frozen=True)
class Comers:
    """Who will come: who asks, and the people named with their addresses."""

    requester_id: int | None = None
    emails: Collection[str] = ()


def with_standing(
    things: Mapping[int, Things],
    equipment: Collection[Equipment],
    window: Span,
    *,
    organisation: Organisation | None,
    comers: Comers,
    without: Collection[Source] = (),
    is_new: bool = True,
) -> dict[int, Things]:
    """The things with what is known of this organisation and these people, for wishes inside the window.

    Only what a rule in force asks for is read. `without` are dates that are judged again: they use up
    nothing yet.
    """
    asked = [one for one in equipment if one.id in things]
    rules = [things[one.id].rules for one in asked]
    permits = _permits(asked, comers) if any(one.needs_authorisation for one in rules) else {}
    agreed, papers = _agreed(organisation, rules), _papers(organisation, rules)
    waiting = _open_by_lab(organisation) if is_new and any(r.max_open_requests for r in rules) else {}
    quotas = quotas_for(asked, organisation, window, without=without)
    training = ports.next_trainings([one.id for one in asked if things[one.id].rules.needs_authorisation])
    return {
        one.id: replace(
            things[one.id],
            standing=Standing(
                is_internal=organisation is not None and organisation.user_class is UserClass.INTERNAL,
                open_requests=waiting.get(one.lab_id, 0) if is_new else None,
                permits=permits.get(one.id, ()),
                agreements=agreed,
                papers=papers,
                quotas=quotas[one.id],
                phone=one.lab.phone,
                next_training=training.get(one.id),
            ),
        )
        for one in asked
    }


def _agreed(organisation: Organisation | None, rules: Collection[Rules]) -> list[Days]:
    if organisation is None or not any(one.needs_agreement for one in rules):
        return []
    return [Days(one.valid_from, one.valid_until) for one in list_agreed(organisation.id, LETS_IN)]


def _papers(organisation: Organisation | None, rules: Collection[Rules]) -> dict[str, list[Days]]:
    found: dict[str, list[Days]] = defaultdict(list)
    if organisation is not None and any(one.needs_papers for one in rules):
        for paper in list_papers_of(organisation.id):
            found[paper.kind.value].append(Days(paper.valid_from, paper.valid_until))
    return found


def _open_by_lab(organisation: Organisation | None) -> dict[int, int]:
    """How many bookings of the organisation wait for an answer in each lab."""
    if organisation is None:
        return {}
    rows = db.session.execute(
        select(Equipment.lab_id, func.count(Booking.id.distinct()).label("many"))
        .join(Booking.occurrences)
        .join(Occurrence.items)
        .join(OccurrenceItem.equipment)
        .where(Booking.organisation_id == organisation.id, Occurrence.state == OccurrenceState.REQUESTED)
        .group_by(Equipment.lab_id)
    )
    return {row.lab_id: row.many for row in rows}


def _permits(equipment: Collection[Equipment], comers: Comers) -> dict[int, list[Days]]:
    """The authorisations of those who come, for each equipment they are for."""
    known = db.session.scalars(
        select(Authorisation)
        .join(Authorisation.user)
        .where(
            or_(User.id == comers.requester_id, User.email.in_([one.lower() for one in comers.emails])),
            User.disabled_at.is_(None),
            Authorisation.lab_id.in_({one.lab_id for one in equipment}),
            Authorisation.withdrawn_at.is_(None),
        )
    ).all()
    tree = all_categories() if any(one.category_id for one in known) else {}
    found: dict[int, list[Days]] = {}
    for one in equipment:
        above = {category.id for category in with_ancestors(one.category, tree)} if tree else set()
        found[one.id] = [
            Days(permit.valid_from, permit.valid_until)
            for permit in known
            if permit.lab_id == one.lab_id
            and permit.equipment_id in (None, one.id)
            and (permit.category_id is None or permit.category_id in above)
        ]
    return found
