"""Make and change sites and labs."""

from typing import Unpack

from app.accounts.operator import Actor
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.core.events import publish
from app.extensions import db
from app.inventory import permissions
from app.inventory.events import LabChanged, LabCreated, SiteChanged, SiteCreated
from app.inventory.models import Lab, LabStatus, Site
from app.inventory.queries import places
from app.inventory.rules.details import cleaned_details, problems_of
from app.inventory.rules.places import LabDetails, SiteDetails, site_problems, slug_problems
from app.inventory.services.changes import apply_changes
from app.inventory.services.search_text import refresh_lab

TEXTS_OF_A_LAB = ("location", "directions")
"""Empty rather than absent."""


@unit_of_work
def create_site(*, actor: Actor, slug: str, organisation_id: int, **details: Unpack[SiteDetails]) -> Site:
    """A new campus of the organisation. Raises Forbidden, InvalidInput."""
    if not permissions.may_manage_places(actor):
        raise Forbidden
    values = cleaned_details(details)
    required = {"name": None, "zone_name": None} | values
    problems = [*slug_problems(slug), *problems_of(required), *site_problems(required)]
    if places.find_site(slug) is not None:
        problems.append(("slug", "taken"))
    if problems:
        raise InvalidInput(*problems)
    site = Site(slug=slug, organisation_id=organisation_id, **values)
    db.session.add(site)
    db.session.flush()
    publish(SiteCreated(actor_id=actor.id, subject_id=site.id, name=site.name))
    return site


@unit_of_work
def change_site(*, actor: Actor, site_id: int, **details: Unpack[SiteDetails]) -> Site:
    """Change what is given. Raises Forbidden, InvalidInput, NotFound."""
    if not permissions.may_manage_places(actor):
        raise Forbidden
    site = places.get_site(site_id)
    values = cleaned_details(details)
    if problems := [*problems_of(values), *site_problems(values)]:
        raise InvalidInput(*problems)
    if changes := apply_changes(site, values):
        lab_ids = places.lab_ids_of(site.id)
        publish(SiteChanged(actor_id=actor.id, subject_id=site.id, changes=changes, lab_ids=lab_ids))
    return site


@unit_of_work
def create_lab(*, actor: Actor, site_id: int, slug: str, **details: Unpack[LabDetails]) -> Lab:
    """A new lab of the site, closed on every day until its hours are set. Raises Forbidden, InvalidInput."""
    if not permissions.may_manage_places(actor):
        raise Forbidden
    site = places.get_site(site_id)
    values = cleaned_details(details, empty=TEXTS_OF_A_LAB)
    problems = [*slug_problems(slug), *problems_of({"name": None} | values)]
    if places.find_lab(slug) is not None:
        problems.append(("slug", "taken"))
    if problems:
        raise InvalidInput(*problems)
    lab = Lab(slug=slug, site=site, **values)
    db.session.add(lab)
    db.session.flush()
    publish(LabCreated(actor_id=actor.id, subject_id=lab.id, slug=slug, name=lab.name))
    return lab


@unit_of_work
def change_lab(*, actor: Actor, lab_id: int, **details: Unpack[LabDetails]) -> Lab:
    """Change what is given; only who manages places opens or closes a lab.

    Raises Forbidden, InvalidInput, NotFound.
    """
    lab = places.get_lab(lab_id)
    if not permissions.may_manage_lab(actor, lab_id):
        raise Forbidden
    values = cleaned_details(details, empty=TEXTS_OF_A_LAB)
    if "status" in values:
        values["status"] = LabStatus(values["status"])
        if values["status"] is not lab.status and not permissions.may_manage_places(actor):
            raise Forbidden
    if problems := problems_of(values):
        raise InvalidInput(*problems)
    if changes := apply_changes(lab, values):
        refresh_lab(lab.id)
        publish(LabChanged(actor_id=actor.id, subject_id=lab.id, changes=changes))
    return lab
