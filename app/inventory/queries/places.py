"""Sites, labs and categories. Everybody may see them: that is how a company finds what there is."""

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Organisation, OrganisationKind
from app.accounts.operator import Actor
from app.core.clock import now
from app.core.errors import NotFound
from app.core.i18n import localized
from app.core.sorting import sort_key
from app.core.text import fold
from app.extensions import db
from app.inventory import permissions
from app.inventory.models import Lab, Site


def list_universities() -> list[Organisation]:
    """Who may run a site, by name in the reader's language."""
    found = db.session.scalars(
        select(Organisation).where(
            Organisation.kind == OrganisationKind.UNIVERSITY, Organisation.closed_at.is_(None)
        )
    )
    return sorted(found, key=lambda one: sort_key(localized(one)))


def find_site(slug: str) -> Site | None:
    return db.session.scalar(select(Site).where(Site.slug == slug))


def get_site(site_id: int) -> Site:
    """The site with its hours and holidays. Raises NotFound."""
    site = db.session.get(
        Site, site_id, options=[selectinload(Site.working_hours), selectinload(Site.holidays)]
    )
    if site is None:
        raise NotFound
    return site


def list_sites() -> list[Site]:
    """Every site, by name in the reader's language."""
    sites = db.session.scalars(select(Site).options(joinedload(Site.organisation)))
    return sorted(sites, key=lambda site: sort_key(localized(site)))


def home_zone() -> ZoneInfo:
    """The zone of the first site: for times that belong to no lab, such as when somebody signed in."""
    name = db.session.scalar(select(Site.zone_name).order_by(Site.id).limit(1))
    return ZoneInfo(name or "UTC")


def home_today() -> date:
    """The day it is there."""
    return now().astimezone(home_zone()).date()


def labs_at_home(labs: Iterable[Lab]) -> list[Lab]:
    """Those of the first site that has any, in their order: for pages that show one site and were told none.

    First as in `home_zone`: the names of labs stand in another order in each language.
    """
    labs = list(labs)
    home = min((lab.site_id for lab in labs), default=None)
    return [lab for lab in labs if lab.site_id == home]


def get_lab(lab_id: int) -> Lab:
    """The lab with its site and hours. Raises NotFound."""
    lab = db.session.get(Lab, lab_id, options=[joinedload(Lab.site), selectinload(Lab.hours)])
    if lab is None:
        raise NotFound
    return lab


def find_lab(slug: str) -> Lab | None:
    """The lab of that slug, with its site and hours."""
    return db.session.scalar(
        select(Lab).where(Lab.slug == slug).options(joinedload(Lab.site), selectinload(Lab.hours))
    )


def get_lab_by_slug(slug: str) -> Lab:
    """The lab of that slug. Raises NotFound."""
    lab = find_lab(slug)
    if lab is None:
        raise NotFound
    return lab


def find_lab_called(text: str) -> Lab | None:
    """The lab that somebody means by its slug or its name in either language; None when that is not one."""
    wanted = fold(text)
    found = [
        lab
        for lab in db.session.scalars(select(Lab))
        if wanted in (fold(lab.slug), fold(lab.name), fold(lab.name_fa or ""))
    ]
    return found[0] if len(found) == 1 and wanted else None


def list_labs(*, site_id: int | None = None) -> list[Lab]:
    """The labs, by name in the reader's language."""
    wanted = select(Lab).options(joinedload(Lab.site))
    if site_id is not None:
        wanted = wanted.where(Lab.site_id == site_id)
    return sorted(db.session.scalars(wanted), key=lambda lab: sort_key(localized(lab)))


def list_managed_labs(actor: Actor) -> list[Lab]:
    """The labs whose list of equipment this person keeps."""
    return [lab for lab in list_labs() if permissions.may_manage_lab(actor, lab.id)]


def list_served_labs(actor: Actor) -> list[Lab]:
    """The labs in which this person takes equipment out of service and puts it back."""
    return [lab for lab in list_labs() if permissions.may_change_service(actor, lab.id)]


def lab_ids_of(site_id: int) -> tuple[int, ...]:
    ids: Sequence[int] = db.session.scalars(select(Lab.id).where(Lab.site_id == site_id)).all()
    return tuple(ids)
