"""What there is to administer, for whoever may."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.models import Role
from app.admin.start import progress
from app.booking.permissions import DECIDERS, LAB_STAFF
from app.charges.queries.sites import charges_somewhere
from app.web import access

blueprint = Blueprint("admin", __name__, url_prefix="/admin", template_folder="../templates")


@dataclass(frozen=True)
class Section:
    """A part of the administration: where it is, what it is for, who needs it."""

    endpoint: str
    label: str
    text: str
    icon: str
    roles: tuple[Role, ...]

    @property
    def url(self) -> str:
        return url_for(self.endpoint)


@blueprint.get("")
@access.signed_in
def index() -> str:
    found = sections()
    if not found:
        abort(404)
    is_admin = current_user.has_role(Role.ADMIN)
    return render_template("admin/home.html", sections=found, start=progress() if is_admin else None)


def sections() -> list[Section]:
    """The parts that this person may enter."""
    if not current_user.grants:  # who has no role has no section
        return []
    return [section for section in _every_section() if current_user.has_role(*section.roles)]


def has_sections() -> bool:
    """Whether there is any: for the menu of every page, which asks no further than the first."""
    if not current_user.grants:
        return False
    parts = (part() for part in _PARTS)
    return any(current_user.has_role(*section.roles) for part in parts for section in part)


def _every_section() -> list[Section]:
    return [section for part in _PARTS for section in part()]


def _money() -> list[Section]:
    """Nothing where no site asks for any."""
    if not charges_somewhere():
        return []
    labs, office = (Role.ADMIN, Role.MANAGER), (Role.ADMIN, Role.LIAISON)
    return [
        Section("admin_prices.index", _("Prices"), _("What the labs ask, and from when."), "doc", labs),
        Section(
            "charges.statements",
            _("Statements of use"),
            _("What each organisation used in a month, and what it was quoted at."),
            "doc",
            office,
        ),
    ]


def _things() -> list[Section]:
    admin, manager, technician = Role.ADMIN, Role.MANAGER, Role.TECHNICIAN
    return [
        Section(
            "admin_equipment.index",
            _("Equipment"),
            _("What the labs have, what is out of service, and its units."),
            "tool",
            (admin, manager, technician),
        ),
        Section(
            "admin_faults.index",
            _("Faults"),
            _("What people report to be broken, and what became of it."),
            "bang",
            (admin, manager, technician),
        ),
        Section(
            "admin_maintenance.index",
            _("Maintenance"),
            _("Calibrations, services and inspections: what is due, and what was done."),
            "clock",
            (admin, manager, technician),
        ),
        Section(
            "admin_imports.upload",
            _("Import a list"),
            _("Bring equipment in from a spreadsheet, after a dry run."),
            "doc",
            (admin, manager),
        ),
        Section(
            "admin_labs.index",
            _("Labs"),
            _("Names, opening hours, and how to get there."),
            "pin",
            (admin, manager),
        ),
        Section(
            "admin_sites.index",
            _("Sites"),
            _("Time zone, week, working hours and holidays."),
            "cal",
            (admin,),
        ),
        Section(
            "admin_categories.index", _("Categories"), _("The tree in which people look."), "bars", (admin,)
        ),
    ]


def _use() -> list[Section]:
    admin = Role.ADMIN
    return [
        Section(
            "admin_deputies.index",
            _("Deputies"),
            _("Who answers requests while somebody is away."),
            "people",
            (admin, *DECIDERS),
        ),
        Section(
            "booking.gate",
            _("Who is expected"),
            _("The visitors of a day, for the gate."),
            "people",
            (admin, Role.LIAISON, *LAB_STAFF),
        ),
        Section(
            "admin_authorisations.labs",
            _("Authorisations"),
            _("Who may work with what alone."),
            "check",
            (admin, *LAB_STAFF),
        ),
        Section(
            "admin_overrides.index",
            _("Exceptions to the rules"),
            _("What staff let pass, and why."),
            "bang",
            (admin, *LAB_STAFF),
        ),
    ]


def _time() -> list[Section]:
    admin = Role.ADMIN
    return [
        Section(
            "admin_timetables.index",
            _("Teaching"),
            _("Timetables whose classes take time in the labs."),
            "cal",
            (admin, Role.LIAISON, *LAB_STAFF),
        ),
        Section(
            "admin_diary.index",
            _("Bring in an old diary"),
            _("Bookings of before, from a spreadsheet."),
            "upload",
            (admin, Role.MANAGER),
        ),
        Section(
            "booking.outages",
            _("Out of use"),
            _("Faults, maintenance and closed days, and the bookings that gave way to them."),
            "bang",
            (admin, Role.LIAISON, *LAB_STAFF),
        ),
    ]


def _people() -> list[Section]:
    admin, liaison = Role.ADMIN, Role.LIAISON
    return [
        Section(
            "admin_organisations.index",
            _("Organisations"),
            _("Companies: who waits to be verified, and what belongs together."),
            "people",
            (admin, liaison),
        ),
        Section(
            "admin_people.index",
            _("People and roles"),
            _("Accounts, and what people are trusted with."),
            "people",
            (admin,),
        ),
    ]


def _running() -> list[Section]:
    return [
        Section(
            "admin_start.index",
            _("Set up"),
            _("The four steps from nothing to the first instrument that can be booked."),
            "star",
            (Role.ADMIN,),
        ),
        Section("admin_mail.index", _("Mail"), _("What could not be delivered."), "inbox", (Role.ADMIN,)),
        Section(
            "admin_health.page",
            _("How the system is doing"),
            _("Asked of the system itself, just now."),
            "gear",
            (Role.ADMIN,),
        ),
        Section(
            "site.components",
            _("Parts of the pages"),
            _("Every part with an example, for who builds or translates pages."),
            "bars",
            (Role.ADMIN,),
        ),
    ]


_PARTS = (_things, _time, _use, _money, _people, _running)
