"""Make and change the tree of categories."""

from app.accounts.operator import Actor
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.core.events import publish
from app.extensions import db
from app.inventory import permissions
from app.inventory.events import CategoryChanged, CategoryCreated
from app.inventory.models import Category
from app.inventory.queries import categories
from app.inventory.rules.details import cleaned_details, problems_of
from app.inventory.rules.slugs import is_slug, slug_of
from app.inventory.services.changes import apply_changes
from app.inventory.services.search_text import refresh_categories

LONGEST_SLUG = 80


@unit_of_work
def create_category(
    *,
    actor: Actor,
    name: str,
    name_fa: str | None = None,
    slug: str | None = None,
    parent_id: int | None = None,
) -> Category:
    """A new category; its slug is made from the name where none is given. Raises Forbidden, InvalidInput."""
    if not permissions.may_manage_places(actor):
        raise Forbidden
    return add_category(actor=actor, name=name, name_fa=name_fa, slug=slug, parent_id=parent_id)


@unit_of_work
def change_category(
    *, actor: Actor, category_id: int, name: str, name_fa: str | None, parent_id: int | None
) -> Category:
    """New names, or another place in the tree, never below itself.

    Raises Forbidden, InvalidInput, NotFound.
    """
    if not permissions.may_manage_places(actor):
        raise Forbidden
    category = categories.get_category(category_id)
    values = cleaned_details({"name": name, "name_fa": name_fa})
    problems = problems_of(values)
    if parent_id is not None:
        categories.get_category(parent_id)
        if parent_id in categories.with_descendants(category_id):
            problems.append(("parent", "below-itself"))
    if problems:
        raise InvalidInput(*problems)
    if changes := apply_changes(category, values | {"parent_id": parent_id}):
        db.session.flush()
        refresh_categories(categories.with_descendants(category_id))
        publish(CategoryChanged(actor_id=actor.id, subject_id=category.id, changes=changes))
    return category


def add_category(
    *,
    actor: Actor,
    name: str,
    name_fa: str | None = None,
    slug: str | None = None,
    parent_id: int | None = None,
) -> Category:
    """The row and its event, for who may do it by another right (an import makes what its file names)."""
    values = cleaned_details({"name": name, "name_fa": name_fa})
    problems = problems_of(values)
    everything = categories.all_categories()
    taken = {category.slug for category in everything.values()}
    if slug is not None and slug in taken:
        problems.append(("slug", "taken"))
    if slug is not None and not is_slug(slug, longest=LONGEST_SLUG):
        problems.append(("slug", "bad-slug"))
    if parent_id is not None and parent_id not in everything:
        problems.append(("parent", "unknown"))
    if problems:
        raise InvalidInput(*problems)
    slug = slug or slug_of(values["name"], taken, longest=LONGEST_SLUG, otherwise="category")
    category = Category(slug=slug, parent_id=parent_id, **values)
    db.session.add(category)
    db.session.flush()
    publish(CategoryCreated(actor_id=actor.id, subject_id=category.id, slug=slug, name=category.name))
    return category
