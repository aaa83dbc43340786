"""The first campus and the first lab of an installation in which there is nothing yet."""

from collections.abc import Iterable, Sequence
from typing import Unpack

from app.accounts.models import Organisation, OrganisationKind, User, UserClass
from app.accounts.services.organisations import correct_organisation, enter_organisation
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import InvalidInput
from app.core.text import fold
from app.inventory.models import Lab, Site
from app.inventory.queries import places
from app.inventory.queries.categories import all_categories
from app.inventory.rules.first_categories import FIRST
from app.inventory.rules.places import LabDetails, SiteDetails
from app.inventory.rules.public_holidays import public_holidays
from app.inventory.rules.week import DayHours
from app.inventory.services.categories import create_category
from app.inventory.services.holidays import add_public_holidays
from app.inventory.services.hours import set_opening_hours, set_working_hours
from app.inventory.services.places import create_lab, create_site


@unit_of_work
def start_site(
    *,
    actor: User,
    university: str,
    university_fa: str | None,
    slug: str,
    hours: Sequence[DayHours],
    **details: Unpack[SiteDetails],
) -> Site:
    """The university and its campus, with the public holidays of this year and the next, and categories
    to begin with where there are none.

    Raises Forbidden, and InvalidInput (also `begun`, where there is a site already).
    """
    if places.list_sites():
        raise InvalidInput(("name", "begun"))
    run_by = _university(actor, university, university_fa)
    site = create_site(actor=actor, slug=slug, organisation_id=run_by.id, **details)
    set_working_hours(actor=actor, site_id=site.id, hours=hours)
    year = now().astimezone(site.zone).year
    holidays = public_holidays(site.country, [year, year + 1])
    add_public_holidays(actor=actor, site_id=site.id, holidays=holidays)
    if not all_categories():
        for name_en, name_persian in FIRST:
            create_category(actor=actor, name=name_en, name_fa=name_persian)
    return site


@unit_of_work
def start_lab(
    *, actor: User, site_id: int, slug: str, hours: Iterable[DayHours], **details: Unpack[LabDetails]
) -> Lab:
    """A lab that is open from now on. Raises Forbidden, InvalidInput and NotFound."""
    lab = create_lab(actor=actor, site_id=site_id, slug=slug, **details)
    set_opening_hours(actor=actor, lab_id=lab.id, hours=list(hours))
    return lab


def _university(actor: User, name: str, name_fa: str | None) -> Organisation:
    """The one that is known by that name, or a new one; its people are of the house."""
    wanted = fold(name)
    known = [
        one
        for one in places.list_universities()
        if wanted in {fold(one.name), fold(one.name_fa or "")} - {""}
    ]
    if known:
        return known[0]
    made = enter_organisation(actor=actor, name=name, name_fa=name_fa, kind=OrganisationKind.UNIVERSITY)
    correct_organisation(
        actor=actor,
        organisation_id=made.id,
        name=made.name,
        name_fa=made.name_fa,
        kind=OrganisationKind.UNIVERSITY,
        user_class=UserClass.INTERNAL,
        registration_number=None,
    )
    return made
