"""The campus, its six labs, and when they are open."""

from datetime import time
from typing import NamedTuple

from app.accounts.models import Organisation
from app.accounts.operator import OPERATOR
from app.booking.services.policies import Said, set_lab_policy
from app.core.clock import now
from app.inventory.models import Lab
from app.inventory.rules.public_holidays import public_holidays
from app.inventory.rules.week import DayHours
from app.inventory.services.holidays import add_public_holidays
from app.inventory.services.hours import set_opening_hours, set_working_hours
from app.inventory.services.places import create_lab, create_site

SATURDAY_TO_WEDNESDAY = (5, 6, 0, 1, 2)
THURSDAY = 3


class Place(NamedTuple):
    slug: str
    name: str
    name_fa: str
    location: str
    directions: str
    directions_fa: str
    closes: int
    thursdays: bool
    rules: Said


LABS = (
    Place("materials", "Materials characterisation", "مشخصه‌یابی مواد", "Building 4, ground floor",
          "Ask at the gate for building 4; bring an identity card.", "از نگهبانی نشانی ساختمان ۴ را بپرسید؛ کارت شناسایی همراه داشته باشید.",
          18, True, {"setup_minutes": 15, "cleanup_minutes": 15}),
    Place("chemistry", "Central chemical laboratory", "آزمایشگاه مرکزی شیمی", "Building 2, room 112",
          "Samples are taken at the window until 15:00.", "نمونه‌ها تا ساعت ۱۵ در پذیرش تحویل گرفته می‌شود.",
          17, False, {"cleanup_minutes": 15}),
    Place("energy", "Energy and batteries", "انرژی و باتری", "Building 7, second floor",
          "Cells come charged below 30 %.", "سلول‌ها با شارژ کمتر از ۳۰ درصد آورده شوند.",
          18, False, {"outside_hours": True, "max_minutes": 48 * 60}),
    Place("electronics", "Electronics workshop", "کارگاه الکترونیک", "Building 5, room 20",
          "Entrance from the courtyard.", "ورود از حیاط.",
          20, True, {"needs_approval": False, "notice_minutes": 60}),
    Place("mechanics", "Mechanical workshop", "کارگاه مکانیک", "Hall 3",
          "Closed shoes and long trousers, please.", "کفش بسته و شلوار بلند لازم است.",
          16, True, {"setup_minutes": 30, "cleanup_minutes": 30}),
    Place("bio", "Biotechnology", "زیست‌فناوری", "Building 9, first floor",
          "Declare what is in your samples beforehand.", "محتوای نمونه‌ها را از پیش اعلام کنید.",
          17, False, {"notice_minutes": 24 * 60}),
)  # fmt: skip


def make_labs(organisations: dict[str, Organisation]) -> dict[str, Lab]:
    """The site with its working week and public holidays, and the labs by their slug."""
    site = create_site(
        actor=OPERATOR,
        slug="main",
        organisation_id=organisations["university"].id,
        name="Main campus",
        name_fa="پردیس اصلی",
        zone_name="Asia/Tehran",
        first_weekday=SATURDAY_TO_WEDNESDAY[0],
        country="IR",
    )
    week = [DayHours(day, time(8), time(16)) for day in SATURDAY_TO_WEDNESDAY]
    set_working_hours(actor=OPERATOR, site_id=site.id, hours=week)
    _holidays(site.id)
    return {place.slug: _lab(site.id, place) for place in LABS}


def _lab(site_id: int, place: Place) -> Lab:
    lab = create_lab(
        actor=OPERATOR,
        site_id=site_id,
        slug=place.slug,
        name=place.name,
        name_fa=place.name_fa,
        location=place.location,
        directions=place.directions,
        directions_fa=place.directions_fa,
    )
    hours = [DayHours(day, time(8), time(place.closes)) for day in SATURDAY_TO_WEDNESDAY]
    if place.thursdays:
        hours.append(DayHours(THURSDAY, time(8), time(13)))
    set_opening_hours(actor=OPERATOR, lab_id=lab.id, hours=hours)
    set_lab_policy(actor=OPERATOR, lab_id=lab.id, **place.rules)
    return lab


def _holidays(site_id: int) -> None:
    this_year = now().year
    known = public_holidays("IR", range(this_year, this_year + 2))
    add_public_holidays(actor=OPERATOR, site_id=site_id, holidays=known)
