"""Set when labs are open and when a site's offices answer."""

from collections.abc import Sequence

from app.accounts.operator import Actor
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.core.events import publish
from app.extensions import db
from app.inventory import permissions
from app.inventory.events import OpeningHoursChanged, WorkingHoursChanged
from app.inventory.models import OpeningHours, WorkingHours
from app.inventory.queries import places
from app.inventory.rules.week import DayHours, problem_with


@unit_of_work
def set_opening_hours(*, actor: Actor, lab_id: int, hours: Sequence[DayHours]) -> None:
    """From now on the lab is open in these hours and no others.

    Raises Forbidden, NotFound; InvalidInput for hours that overlap or end before they start.
    """
    lab = places.get_lab(lab_id)
    if not permissions.may_manage_lab(actor, lab_id):
        raise Forbidden
    wanted = _checked(hours)
    if wanted == sorted(DayHours(row.weekday, row.opens, row.closes) for row in lab.hours):
        return
    lab.hours = []
    db.session.flush()  # the old rows go first: the new ones may begin at the same minute
    lab.hours = [OpeningHours(weekday=h.weekday, opens=h.opens, closes=h.closes) for h in wanted]
    publish(OpeningHoursChanged(actor_id=actor.id, subject_id=lab.id, hours=_written(wanted)))


@unit_of_work
def set_working_hours(*, actor: Actor, site_id: int, hours: Sequence[DayHours]) -> None:
    """From now on the clocks of requests run in these hours. Raises Forbidden, NotFound, InvalidInput."""
    if not permissions.may_manage_places(actor):
        raise Forbidden
    site = places.get_site(site_id)
    wanted = _checked(hours)
    if wanted == sorted(DayHours(row.weekday, row.opens, row.closes) for row in site.working_hours):
        return
    site.working_hours = []
    db.session.flush()
    site.working_hours = [WorkingHours(weekday=h.weekday, opens=h.opens, closes=h.closes) for h in wanted]
    lab_ids = places.lab_ids_of(site.id)
    publish(
        WorkingHoursChanged(actor_id=actor.id, subject_id=site.id, hours=_written(wanted), lab_ids=lab_ids)
    )


def _checked(hours: Sequence[DayHours]) -> list[DayHours]:
    if problem := problem_with(hours):
        raise InvalidInput(("hours", problem))
    return sorted(hours)


def _written(hours: Sequence[DayHours]) -> tuple[str, ...]:
    return tuple(f"{h.weekday} {h.opens:%H:%M}-{h.closes:%H:%M}" for h in hours)
