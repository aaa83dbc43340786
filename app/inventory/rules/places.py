"""What may be written about sites and labs. Pure."""

from collections.abc import Mapping
from typing import Any, TypedDict
from zoneinfo import available_timezones

from app.inventory.rules.slugs import is_slug

LONGEST_SLUG = 60


class SiteDetails(TypedDict, total=False):
    """What the university writes about a site. Fields that are absent stay as they are."""

    name: str
    name_fa: str | None
    zone_name: str
    first_weekday: int
    country: str
    charges: bool


class LabDetails(TypedDict, total=False):
    """What a lab writes about itself. Fields that are absent stay as they are."""

    name: str
    name_fa: str | None
    location: str
    directions: str
    directions_fa: str | None
    phone: str | None
    status: str


def site_problems(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with a site's zone, week or country, as (field, code)."""
    problems = []
    if "zone_name" in details and details["zone_name"] not in available_timezones():
        problems.append(("zone_name", "unknown-zone"))
    if not 0 <= details.get("first_weekday", 0) <= 6:
        problems.append(("first_weekday", "unknown-weekday"))
    country = details.get("country", "IR") or ""
    if not (len(country) == 2 and country.isascii() and country.isupper()):
        problems.append(("country", "unknown-country"))
    return problems


def slug_problems(slug: str) -> list[tuple[str, str]]:
    return [] if is_slug(slug, longest=LONGEST_SLUG) else [("slug", "bad-slug")]
