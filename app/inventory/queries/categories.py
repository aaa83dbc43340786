"""The tree of categories. It is small: it is read whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.core.errors import NotFound
from app.core.i18n import localized
from app.core.sorting import sort_key
from app.core.text import fold
from app.extensions import db
from app.inventory.models import Category


@dataclass(frozen=True)
class Branch:
    """A category at its place in the tree; depth 0 is the top."""

    category: Category
    depth: int


def all_categories() -> dict[int, Category]:
    """Every category by its id."""
    return {category.id: category for category in db.session.scalars(select(Category))}


def get_category(category_id: int) -> Category:
    category = db.session.get(Category, category_id)
    if category is None:
        raise NotFound
    return category


def find_category(slug: str) -> Category | None:
    return db.session.scalar(select(Category).where(Category.slug == slug))


def categories_called(names: Iterable[str]) -> dict[str, list[Category]]:
    """For each of the names the categories that it can mean: by slug, or by name in either language.

    The very slug means that one category alone.
    """
    by_slug = {category.slug: category for category in all_categories().values()}
    by_key: dict[str, list[Category]] = {}
    for category in by_slug.values():
        for key in {fold(category.slug), fold(category.name), fold(category.name_fa or "")} - {""}:
            by_key.setdefault(key, []).append(category)
    return {
        name: [by_slug[name]] if name in by_slug else by_key.get(fold(name), [])
        for name in dict.fromkeys(names)
    }


def tree() -> list[Branch]:
    """The whole tree from the top, each level by name in the reader's language."""
    children: dict[int | None, list[Category]] = {}
    for category in all_categories().values():
        children.setdefault(category.parent_id, []).append(category)

    def walk(parent_id: int | None, depth: int) -> Iterator[Branch]:
        for category in sorted(children.get(parent_id, []), key=lambda c: sort_key(localized(c))):
            yield Branch(category, depth)
            yield from walk(category.id, depth + 1)

    return list(walk(None, 0))


def with_descendants(category_id: int) -> set[int]:
    """The category and everything below it."""
    everything = all_categories().values()
    found, frontier = {category_id}, {category_id}
    while frontier:
        frontier = {c.id for c in everything if c.parent_id in frontier} - found
        found |= frontier
    return found


def with_ancestors(category: Category, everything: Mapping[int, Category]) -> list[Category]:
    """The category and those above it, up to the top."""
    path = [category]
    while path[-1].parent_id is not None:
        path.append(everything[path[-1].parent_id])
    return path
