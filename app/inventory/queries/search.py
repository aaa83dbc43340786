"""Search and list equipment."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import UnaryExpression

from app.accounts.operator import Actor
from app.core.i18n import language
from app.core.spelling import Known
from app.core.text import fold, folded_words
from app.extensions import db
from app.inventory.models import Category, Equipment, EquipmentStatus, Lab, Unit
from app.inventory.queries.categories import with_descendants
from app.inventory.queries.equipment import WHOLE, visible_to
from app.inventory.queries.places import list_labs

LONGEST_QUERY = 200


class Sort(StrEnum):
    NAME = "name"
    LAB = "lab"
    NEWEST = "newest"


@dataclass(frozen=True)
class Found:
    """One page of a search. `total` counts every page; `page` is one that exists, the first is 1."""

    items: Sequence[Equipment]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


def search_equipment(
    actor: Actor | None,
    *,
    q: str = "",
    lab: Lab | None = None,
    category: Category | None = None,
    status: EquipmentStatus | None = None,
    sort: Sort = Sort.NAME,
    page: int = 1,
    size: int = 30,
) -> Found:
    """The equipment in which every folded word of `q` occurs, in a stable order.

    A category stands for all below it. A page beyond the last is the last.
    """
    conditions = _conditions(actor, q, lab, category, status)
    total = db.session.scalar(select(func.count(Equipment.id)).where(*conditions)) or 0
    page = min(max(page, 1), max(1, -(-total // size)))
    wanted = select(Equipment).options(*WHOLE).where(*conditions).order_by(*_order(sort))
    items = db.session.scalars(wanted.limit(size).offset((page - 1) * size)).all()
    return Found(items, total, page, size)


def list_equipment(
    actor: Actor | None,
    *,
    q: str = "",
    lab: Lab | None = None,
    category: Category | None = None,
    status: EquipmentStatus | None = None,
    ids: Collection[int] = (),
    after: int = 0,
    limit: int = 50,
) -> Sequence[Equipment]:
    """The same, in order of id from the one `after` on: for programs, which must miss and repeat nothing."""
    conditions = [*_conditions(actor, q, lab, category, status), Equipment.id > after]
    if ids:
        conditions.append(Equipment.id.in_(ids))
    wanted = select(Equipment).options(*WHOLE).where(*conditions).order_by(Equipment.id).limit(limit)
    return db.session.scalars(wanted).all()


def list_found(
    actor: Actor | None,
    *,
    q: str = "",
    lab: Lab | None = None,
    category: Category | None = None,
    status: EquipmentStatus | None = None,
    sort: Sort = Sort.NAME,
) -> Sequence[Equipment]:
    """All that search_equipment would find, on one page: for files."""
    conditions = _conditions(actor, q, lab, category, status)
    wanted = select(Equipment).options(*WHOLE).where(*conditions).order_by(*_order(sort))
    return db.session.scalars(wanted).all()


def list_called(actor: Actor | None, q: str, *, limit: int) -> Sequence[Equipment]:
    """What the words find, with its lab only; what is called so before what is only described so."""
    name = Equipment.sort_key_fa if language() == "fa" else Equipment.sort_key
    begins = case((Equipment.search_text.startswith(fold(q[:LONGEST_QUERY]), autoescape=True), 0), else_=1)
    return db.session.scalars(
        select(Equipment)
        .where(visible_to(actor), *_matching(q))
        .options(joinedload(Equipment.lab).joinedload(Lab.site))
        .order_by(begins, name, Equipment.id)
        .limit(limit)
    ).all()


def with_tag(actor: Actor | None, tag: str) -> int | None:
    """The id of the equipment of which one unit bears this tag or serial number; None for none and many."""
    found = db.session.scalars(
        select(Equipment.id)
        .join(Equipment.units)
        .where(visible_to(actor), or_(func.upper(Unit.asset_tag) == tag, func.upper(Unit.serial) == tag))
        .distinct()
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def names_of_equipment(actor: Actor | None) -> Iterator[str]:
    """Every name under which the equipment that this person may see, its makers and its labs are known."""
    rows = db.session.execute(
        select(
            Equipment.name, Equipment.name_fa, Equipment.manufacturer, Equipment.model,
            Lab.name, Lab.name_fa, Equipment.aliases,
        )
        .join(Equipment.lab)
        .where(visible_to(actor))
    )  # fmt: skip
    for *names, aliases in rows:
        yield from (name for name in [*names, *aliases] if name)


def mended(actor: Actor | None, q: str) -> str | None:
    """What may have been meant by words that find nothing; None where nothing resembles them."""
    return Known(names_of_equipment(actor)).mended(q[:LONGEST_QUERY])


def _conditions(
    actor: Actor | None, q: str, lab: Lab | None, category: Category | None, status: EquipmentStatus | None
) -> list[ColumnElement[bool]]:
    conditions = [visible_to(actor), *_matching(q)]
    if lab is not None:
        conditions.append(Equipment.lab_id == lab.id)
    if category is not None:
        conditions.append(Equipment.category_id.in_(with_descendants(category.id)))
    if status is not None:
        conditions.append(Equipment.status == status)
    return conditions


def _matching(q: str) -> list[ColumnElement[bool]]:
    # fold() leaves the % of "5 % NaCl", which is a letter here and no wildcard.
    words = folded_words(q[:LONGEST_QUERY])
    return [Equipment.search_text.contains(word, autoescape=True) for word in words]


def _order(sort: Sort) -> list[Any]:
    name = Equipment.sort_key_fa if language() == "fa" else Equipment.sort_key
    order: list[UnaryExpression[Any] | ColumnElement[Any]] = [name.asc(), Equipment.id.asc()]
    if sort is Sort.NEWEST:
        return [Equipment.created_at.desc(), *order]
    if sort is Sort.LAB and (labs := list_labs()):
        # The names of labs sort by rules that the database does not know; labs are few.
        ranks = {lab.id: rank for rank, lab in enumerate(labs)}
        return [case(ranks, value=Equipment.lab_id), *order]
    return list(order)
