"""The invented university, its chamber, eight companies, a donor, and the people in them."""

from typing import NamedTuple

from app.accounts.models import (
    Membership,
    MembershipRole,
    Organisation,
    OrganisationKind,
    Role,
    User,
    UserClass,
)
from app.accounts.operator import OPERATOR
from app.accounts.services.organisations import folded_name
from app.accounts.services.people import create_user
from app.accounts.services.register import Person
from app.accounts.services.roles import grant_role
from app.core.clock import now
from app.extensions import db
from app.inventory.models import Lab

PASSWORD = "demo"  # noqa: S105 - known to everybody, refused in production

KINDS, CLASSES = OrganisationKind, UserClass
ORGANISATIONS = {
    "university": ("Alvandrud University of Technology", "دانشگاه صنعتی الوندرود", KINDS.UNIVERSITY, CLASSES.INTERNAL),
    "chamber": ("Alvandrud Chamber of Commerce", "اتاق بازرگانی الوندرود", KINDS.CHAMBER, CLASSES.INDUSTRY),
    "zarvan": ("Zarvan Catalyst", "زروان کاتالیست", KINDS.COMPANY, CLASSES.INDUSTRY),
    "golshid": ("Golshid Food", "صنایع غذایی گلشید", KINDS.COMPANY, CLASSES.INDUSTRY),
    "narvan": ("Narvan Alloys", "آلیاژهای نارون", KINDS.COMPANY, CLASSES.INDUSTRY),
    "mehrazin": ("Mehrazin Polymer", "پلیمر مهرآذین", KINDS.COMPANY, CLASSES.INDUSTRY),
    "barsam": ("Barsam Battery", "باتری برسام", KINDS.COMPANY, CLASSES.INDUSTRY),
    "tavansaz": ("Tavansaz Alvand", "توان‌ساز الوند", KINDS.COMPANY, CLASSES.INDUSTRY),
    "rastin": ("Rastin Pharma", "داروسازی راستین", KINDS.COMPANY, CLASSES.INDUSTRY),
    "parvaz": ("Parvaz Composites", "کامپوزیت پرواز", KINDS.COMPANY, CLASSES.INDUSTRY),
    "sohrabi": ("Sohrabi Family Foundation", "بنیاد خانواده سهرابی", KINDS.FOUNDATION, CLASSES.INDUSTRY),
}  # fmt: skip
MEMBERS_OF_THE_CHAMBER = ("zarvan", "golshid", "narvan", "mehrazin", "barsam", "tavansaz")
NOT_VERIFIED = ("parvaz",)


class Account(NamedTuple):
    email: str
    name: str
    organisation: str
    is_admin: bool = False
    roles: tuple[tuple[Role, str | None], ...] = ()
    language: str = "en"


ACCOUNTS = (
    Account("admin@example.edu", "Mahin Rezvani", "university", True, ((Role.ADMIN, None),)),
    Account("liaison@example.edu", "Kaveh Sabouri", "university", False, ((Role.LIAISON, None),)),
    Account("manager@example.edu", "Dr Nasrin Kamali", "university", False, ((Role.MANAGER, "materials"),)),
    Account("safety@example.edu", "Behrouz Tavakol", "university", False, ((Role.APPROVER, "materials"),)),
    Account("student@example.edu", "Sara Monfared", "university"),
    Account("booker@example.com", "Leila Jafari", "narvan"),
    Account("boss@example.com", "Amir Rostami", "narvan", True),
    Account("rival@example.net", "Shirin Daneshvar", "mehrazin", True),
    Account("donor@example.org", "Farideh Sohrabi", "sohrabi", True),
    Account("chemistry@example.edu", "دکتر پریسا ایزدی", "university", False, ((Role.MANAGER, "chemistry"),), "fa"),
    Account("energy@example.edu", "دکتر رامین اعتمادی", "university", False, ((Role.MANAGER, "energy"),), "fa"),
    Account("electronics@example.edu", "Dr Omid Farahani", "university", False, ((Role.MANAGER, "electronics"),)),
    Account("mechanics@example.edu", "Dr Yasaman Vaziri", "university", False, ((Role.MANAGER, "mechanics"),)),
    Account("bio@example.edu", "Dr Hamid Shayan", "university", False, ((Role.MANAGER, "bio"),)),
    Account("technician@example.edu", "Mina Akbari", "university", False, ((Role.TECHNICIAN, "materials"),)),
    Account("zarvan@example.com", "Nima Ghorbani", "zarvan", True),
    Account("golshid@example.com", "نرگس امینی", "golshid", True, (), "fa"),
    Account("barsam@example.com", "Arash Niknam", "barsam", True),
    Account("tavansaz@example.com", "مریم حبیبی", "tavansaz", True, (), "fa"),
    Account("rastin@example.com", "Pouya Mortazavi", "rastin", True),
    Account("parvaz@example.net", "Elham Safavi", "parvaz", True),
)  # fmt: skip


def make_organisations() -> dict[str, Organisation]:
    """Entered as they stand: an invented company has nobody who could register it."""
    made = {
        key: Organisation(
            name=name,
            name_fa=name_fa,
            folded_name=folded_name(name, name_fa),
            kind=kind,
            user_class=user_class,
            created_at=now(),
            verified_at=None if key in NOT_VERIFIED else now(),
        )
        for key, (name, name_fa, kind, user_class) in ORGANISATIONS.items()
    }
    for key in MEMBERS_OF_THE_CHAMBER:
        made[key].parent = made["chamber"]
    db.session.add_all(made.values())
    db.session.flush()
    return made


def make_people(
    organisations: dict[str, Organisation], labs: dict[str, Lab], password_hash: str
) -> dict[str, User]:
    """The accounts, by address, all with this password."""
    people = {}
    for account in ACCOUNTS:
        person = Person(
            email=account.email, name=account.name, password_hash=password_hash, language=account.language
        )
        user = create_user(actor=OPERATOR, person=person)
        role = MembershipRole.ADMIN if account.is_admin else MembershipRole.MEMBER
        user.memberships.append(
            Membership(organisation=organisations[account.organisation], role=role, created_at=now())
        )
        for granted, slug in account.roles:
            lab_id = labs[slug].id if slug else None
            grant_role(actor=OPERATOR, user_id=user.id, role=granted, lab_id=lab_id)
        people[account.email] = user
    db.session.flush()
    return people
