"""The fixed cast of every test: the same people, labs and things each time, and decoys among them.

Booker and Boss belong to Arta; everything of Rival, of the electronics lab and of the people without
rights is there to be left alone: a query that forgets its actor finds too much.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Self

from argon2 import PasswordHasher
from sqlalchemy import select

from app.accounts.models import (
    Membership,
    MembershipRole,
    Organisation,
    OrganisationKind,
    Role,
    RoleGrant,
    User,
    UserClass,
)
from app.accounts.services.organisations import folded_name
from app.booking.models import Policy
from app.core.text import fold
from app.extensions import db
from app.inventory.models import (
    Acquisition,
    AcquisitionKind,
    Category,
    Equipment,
    Lab,
    Mode,
    OpeningHours,
    Site,
    Unit,
    UnitStatus,
    WorkingHours,
)
from app.occupancy.models import Capacity
from tests.visitor import PASSWORD

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
"""When every test takes place: Sunday 1 Azar 1405, 10:00 in Tehran, the second day of the working week."""

LONG_AGO = NOW - timedelta(days=400)
SATURDAY_TO_WEDNESDAY = (5, 6, 0, 1, 2)
THURSDAY = 3
# Least work: real parameters would cost each test that signs in a tenth of a second.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(eq=False)
class Cast:
    """Everybody and everything, loaded in the session of the test."""

    university: Organisation
    arta: Organisation
    """The company of Booker and Boss; verified."""
    rival_company: Organisation
    newcomer_company: Organisation
    """Not verified yet."""
    foundation: Organisation

    booker: User
    boss: User
    rival: User
    newcomer: User
    manager: User
    """Manages the materials lab."""
    other_manager: User
    """Manages the electronics lab."""
    technician: User
    safety: User
    """Approves in the materials lab."""
    liaison: User
    admin: User
    donor: User
    student: User
    loner: User
    """Has an account and belongs nowhere."""

    site: Site
    materials: Lab
    electronics: Lab
    spectroscopy: Category
    raman_category: Category
    soldering: Category

    raman: Equipment
    """One unit, any mode, in the materials lab; a request needs an answer."""
    stations: Equipment
    """A pool of four, in the materials lab; a verified company has its slot at once."""
    microscope: Equipment
    """One unit that only staff operate, in the materials lab."""
    oscilloscope: Equipment
    """One unit, in the electronics lab."""

    @classmethod
    def load(cls) -> Self:
        """The cast from a database that `populate` has filled."""
        # One query a table, not one a name: every test that asks for the cast waits for this.
        kinds = {(model, column) for model, column, _ in _KNOWN_BY.values()}
        rows = {
            (model, getattr(row, column)): row
            for model, column in kinds
            for row in db.session.scalars(select(model))
        }
        found = {name: rows[model, value] for name, (model, _, value) in _KNOWN_BY.items()}
        return cls(**found)


_KNOWN_BY: dict[str, tuple[Any, str, str]] = {
    "university": (Organisation, "name", "Sabalan University of Technology"),
    "arta": (Organisation, "name", "Arta Polymer"),
    "rival_company": (Organisation, "name", "Rival Coatings"),
    "newcomer_company": (Organisation, "name", "Newcomer Alloys"),
    "foundation": (Organisation, "name", "Mehr Foundation"),
    "booker": (User, "email", "booker@example.com"),
    "boss": (User, "email", "boss@example.com"),
    "rival": (User, "email", "rival@example.net"),
    "newcomer": (User, "email", "newcomer@example.net"),
    "manager": (User, "email", "manager@example.edu"),
    "other_manager": (User, "email", "other-manager@example.edu"),
    "technician": (User, "email", "technician@example.edu"),
    "safety": (User, "email", "safety@example.edu"),
    "liaison": (User, "email", "liaison@example.edu"),
    "admin": (User, "email", "admin@example.edu"),
    "donor": (User, "email", "donor@example.org"),
    "student": (User, "email", "student@example.edu"),
    "loner": (User, "email", "loner@example.net"),
    "site": (Site, "slug", "main"),
    "materials": (Lab, "slug", "materials"),
    "electronics": (Lab, "slug", "electronics"),
    "spectroscopy": (Category, "slug", "spectroscopy"),
    "raman_category": (Category, "slug", "raman-spectroscopy"),
    "soldering": (Category, "slug", "soldering"),
    "raman": (Equipment, "name", "Raman spectrometer"),
    "stations": (Equipment, "name", "Soldering station"),
    "microscope": (Equipment, "name", "Scanning electron microscope"),
    "oscilloscope": (Equipment, "name", "Oscilloscope"),
}


def populate() -> None:
    """Put the cast into the (empty) database."""
    organisations = _organisations()
    people = _people(organisations)
    site = _site(organisations["university"])
    materials = _lab(site, "materials", "Materials characterisation", "مشخصه‌یابی مواد")
    electronics = _lab(site, "electronics", "Electronics workshop", "کارگاه الکترونیک")
    db.session.flush()
    _grant(people["manager"], Role.MANAGER, materials)
    _grant(people["technician"], Role.TECHNICIAN, materials)
    _grant(people["safety"], Role.APPROVER, materials)
    _grant(people["other_manager"], Role.MANAGER, electronics)
    _grant(people["liaison"], Role.LIAISON)
    _grant(people["admin"], Role.ADMIN)
    _equipment(materials, electronics)
    db.session.commit()


def _organisations() -> dict[str, Organisation]:
    kinds, classes = OrganisationKind, UserClass
    rows = {
        "university": ("دانشگاه صنعتی سبلان", kinds.UNIVERSITY, classes.INTERNAL, LONG_AGO),
        "arta": ("آرتا پلیمر", kinds.COMPANY, classes.INDUSTRY, LONG_AGO),
        "rival_company": ("پوشش رقیب", kinds.COMPANY, classes.INDUSTRY, LONG_AGO),
        "newcomer_company": ("آلیاژ تازه‌وارد", kinds.COMPANY, classes.INDUSTRY, None),
        "foundation": ("بنیاد مهر", kinds.FOUNDATION, classes.INDUSTRY, LONG_AGO),
    }
    organisations = {
        key: Organisation(
            name=_KNOWN_BY[key][2],
            name_fa=name_fa,
            folded_name=folded_name(_KNOWN_BY[key][2], name_fa),
            kind=kind,
            user_class=user_class,
            verified_at=verified_at,
            created_at=LONG_AGO,
        )
        for key, (name_fa, kind, user_class, verified_at) in rows.items()
    }
    db.session.add_all(organisations.values())
    return organisations


def _people(organisations: dict[str, Organisation]) -> dict[str, User]:
    member, admin = MembershipRole.MEMBER, MembershipRole.ADMIN
    belongs = {
        "booker": ("arta", member),
        "boss": ("arta", admin),
        "rival": ("rival_company", admin),
        "newcomer": ("newcomer_company", admin),
        "donor": ("foundation", admin),
        "student": ("university", member),
    }
    password_hash = QUICK.hash(PASSWORD)
    people = {
        key: User(
            email=email,
            name=key.replace("_", " ").title(),
            password_hash=password_hash,
            created_at=LONG_AGO,
            activated_at=LONG_AGO,
        )
        for key, (model, _, email) in _KNOWN_BY.items()
        if model is User
    }
    for key, (organisation, role) in belongs.items():
        people[key].memberships.append(
            Membership(organisation=organisations[organisation], role=role, created_at=LONG_AGO)
        )
    db.session.add_all(people.values())
    return people


def _grant(user: User, role: Role, lab: Lab | None = None) -> None:
    db.session.add(RoleGrant(user=user, role=role, lab_id=lab.id if lab else None, granted_at=LONG_AGO))


def _site(university: Organisation) -> Site:
    site = Site(
        slug="main",
        name="Main campus",
        name_fa="پردیس اصلی",
        organisation=university,
        zone_name="Asia/Tehran",
        working_hours=[
            WorkingHours(weekday=day, opens=time(8), closes=time(16)) for day in SATURDAY_TO_WEDNESDAY
        ],
    )
    db.session.add(site)
    return site


def _lab(site: Site, slug: str, name: str, name_fa: str) -> Lab:
    hours = [OpeningHours(weekday=day, opens=time(8), closes=time(18)) for day in SATURDAY_TO_WEDNESDAY]
    hours.append(OpeningHours(weekday=THURSDAY, opens=time(8), closes=time(13)))
    lab = Lab(slug=slug, site=site, name=name, name_fa=name_fa, hours=hours)
    db.session.add(lab)
    return lab


def _equipment(materials: Lab, electronics: Lab) -> None:
    spectroscopy = Category(slug="spectroscopy", name="Spectroscopy", name_fa="طیف‌سنجی")
    raman = Category(
        slug="raman-spectroscopy", name="Raman spectroscopy", name_fa="طیف‌سنجی رامان", parent=spectroscopy
    )
    soldering = Category(slug="soldering", name="Soldering", name_fa="لحیم‌کاری")
    electron = Category(slug="electron-microscopy", name="Electron microscopy", name_fa="میکروسکوپ الکترونی")
    every_mode = [Mode.SELF, Mode.OPERATOR, Mode.SAMPLES]
    add_equipment(materials, raman, "raman", "طیف‌سنج رامان", every_mode, aliases=["Raman", "LabRAM"])
    sem = "میکروسکوپ الکترونی روبشی"
    add_equipment(materials, electron, "microscope", sem, [Mode.OPERATOR], aliases=["SEM"])
    add_equipment(electronics, soldering, "oscilloscope", "نوسان‌نما", [Mode.SELF])
    stations = add_equipment(materials, soldering, "stations", "ایستگاه لحیم‌کاری", [Mode.SELF], capacity=4)
    db.session.add(Policy(equipment_id=stations.id, needs_approval=False))


def add_equipment(
    lab: Lab,
    category: Category,
    name: str,
    name_fa: str,
    modes: list[Mode],
    *,
    capacity: int = 1,
    aliases: list[str] | None = None,
) -> Equipment:
    """Equipment as an import would leave it: units in service, each with its acquisition, and a capacity."""
    name = _KNOWN_BY[name][2] if name in _KNOWN_BY else name
    equipment = Equipment(
        lab=lab,
        category=category,
        name=name,
        name_fa=name_fa,
        aliases=aliases or [],
        modes=[mode.value for mode in modes],
        search_text=fold(" ".join([name, name_fa, *(aliases or []), category.name, lab.name])),
        created_at=LONG_AGO,
        units=[_unit(equipment_name=name, number=number) for number in range(1, capacity + 1)],
    )
    db.session.add(equipment)
    db.session.flush()
    db.session.add(Capacity(equipment_id=equipment.id, quantity=capacity, from_at=LONG_AGO))
    db.session.flush()
    return equipment


def _unit(equipment_name: str, number: int) -> Unit:
    return Unit(
        number=number,
        asset_tag=f"{equipment_name.split(maxsplit=1)[0].upper()}-{number:02}",
        status=UnitStatus.IN_SERVICE,
        acquisition=Acquisition(kind=AcquisitionKind.LEGACY, created_at=LONG_AGO),
    )
