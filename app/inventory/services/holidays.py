"""Keep a site's list of holidays: a first draft from a library, then the office's to change."""

from collections.abc import Sequence
from datetime import date

from app.accounts.operator import Actor
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.extensions import db
from app.inventory import permissions
from app.inventory.events import HolidaysChanged
from app.inventory.models import Holiday, Site
from app.inventory.queries import places
from app.inventory.rules.details import cleaned_details, problems_of
from app.inventory.rules.public_holidays import PublicHoliday
from app.inventory.services.changes import apply_changes


@unit_of_work
def add_public_holidays(*, actor: Actor, site_id: int, holidays: Sequence[PublicHoliday]) -> int:
    """Add those days that the list does not have yet, and return how many; never change one it has.

    Raises Forbidden, NotFound.
    """
    site = _site(actor, site_id)
    known = {row.on for row in site.holidays}
    new = [holiday for holiday in holidays if holiday.on not in known]
    site.holidays += [
        Holiday(on=h.on, name=h.name, name_fa=h.name_fa, is_estimated=h.is_estimated) for h in new
    ]
    if new:
        _publish(actor, site, added=[holiday.on for holiday in new])
    return len(new)


@unit_of_work
def put_holiday(
    *,
    actor: Actor,
    site_id: int,
    on: date,
    name: str,
    name_fa: str | None = None,
    is_estimated: bool = False,
) -> Holiday:
    """The site is closed on that day: a new one, or new names for one it has.

    Raises Forbidden, NotFound, InvalidInput.
    """
    site = _site(actor, site_id)
    values = cleaned_details({"name": name, "name_fa": name_fa, "is_estimated": is_estimated})
    if problems := problems_of(values):
        raise InvalidInput(*problems)
    holiday = next((row for row in site.holidays if row.on == on), None)
    if holiday is None:
        holiday = Holiday(on=on, **values)
        site.holidays.append(holiday)
        _publish(actor, site, added=[on])
    elif apply_changes(holiday, values):
        _publish(actor, site, changed=[on])
    db.session.flush()
    return holiday


@unit_of_work
def remove_holiday(*, actor: Actor, site_id: int, on: date) -> None:
    """The site is not closed on that day after all. Raises Forbidden, NotFound."""
    site = _site(actor, site_id)
    holiday = next((row for row in site.holidays if row.on == on), None)
    if holiday is None:
        raise NotFound
    site.holidays.remove(holiday)
    _publish(actor, site, removed=[on])


def _site(actor: Actor, site_id: int) -> Site:
    if not permissions.may_manage_places(actor):
        raise Forbidden
    return places.get_site(site_id)


def _publish(actor: Actor, site: Site, **days: Sequence[date]) -> None:
    written = {what: tuple(day.isoformat() for day in which) for what, which in days.items()}
    lab_ids = places.lab_ids_of(site.id)
    publish(HolidaysChanged(actor_id=actor.id, subject_id=site.id, lab_ids=lab_ids, **written))
