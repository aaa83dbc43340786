"""Sites, labs and categories as they are named in bodies and addresses: by number or by slug."""

from marshmallow import ValidationError

from app.api.fields import IdOrSlug
from app.core.errors import NotFound
from app.inventory.models import Category, Lab, Site
from app.inventory.queries.categories import find_category, get_category
from app.inventory.queries.places import find_site, get_lab, get_lab_by_slug, get_site

_NAME = IdOrSlug(in_address=True)


def lab_called(name: int | str) -> Lab:
    """Raises NotFound."""
    return get_lab(name) if isinstance(name, int) else get_lab_by_slug(name)


def lab_in_address(part: str) -> Lab:
    """Raises NotFound, also for what could not be a name."""
    try:
        return lab_called(_NAME.deserialize(part))
    except ValidationError:
        raise NotFound from None


def site_called(name: int | str) -> Site:
    """Raises NotFound."""
    found = get_site(name) if isinstance(name, int) else find_site(name)
    if found is None:
        raise NotFound
    return found


def category_called(name: int | str) -> Category:
    """Raises NotFound."""
    found = get_category(name) if isinstance(name, int) else find_category(name)
    if found is None:
        raise NotFound
    return found
