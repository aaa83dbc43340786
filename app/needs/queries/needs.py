"""Needs: one, the public board, and what waits behind it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import joinedload, lazyload

from app.accounts.models import Role, User
from app.core.errors import NotFound
from app.core.text import ascii_digits, fold, folded_words
from app.extensions import db
from app.inventory.models import Lab
from app.needs.models import Need, NeedState
from app.needs.permissions import may_write_need
from app.needs.ports import spoken_for
from app.needs.rules.coverage import NOTHING, Coverage
from app.needs.rules.evidence import Evidence
from app.needs.rules.states import DRAFTS, PUBLIC

LONGEST_QUERY = 200
PAGE = 24
WHOLE = (joinedload(Need.lab).joinedload(Lab.site), joinedload(Need.category), joinedload(Need.written_by))
_REFERENCE = re.compile(r"nd[-\s]?\d{4}[-\s]?0*(\d{1,9})", re.IGNORECASE)


class Sort(StrEnum):
    UNMET = "unmet"
    NEARLY = "nearly"
    NEWEST = "newest"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A need with what may be said of it to whoever asks."""

    need: Need
    coverage: Coverage
    evidence: Evidence | None
    """As published."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """One page of needs. `total` counts every page."""

    items: Sequence[Shown]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def get_need(actor: User | None, need_id: int, *, for_update: bool = False) -> Need:
    """The need, when it is public or the actor may write in its lab. Raises NotFound."""
    wanted = select(Need).where(Need.id == need_id, visible_to(actor)).options(*WHOLE)
    if for_update:
        wanted = wanted.with_for_update(of=Need).execution_options(populate_existing=True)
    need = db.session.scalar(wanted)
    if need is None:
        raise NotFound
    return need


def list_needs(
    actor: User | None,
    *,
    lab: Lab | None = None,
    state: NeedState | None = None,
    before: int | None = None,
    limit: int = 50,
) -> Sequence[Need]:
    """What the actor may see, newest first, from the one `before`: for programs."""
    wanted = select(Need).where(visible_to(actor)).options(*WHOLE).order_by(Need.id.desc()).limit(limit)
    if lab is not None:
        wanted = wanted.where(Need.lab_id == lab.id)
    if state is not None:
        wanted = wanted.where(Need.state == state)
    if before is not None:
        wanted = wanted.where(Need.id < before)
    return db.session.scalars(wanted).all()


def search_needs(
    actor: User | None,
    *,
    q: str = "",
    lab: Lab | None = None,
    sort: Sort = Sort.UNMET,
    drafts: bool = False,
    page: int = 1,
) -> Board:
    """The board: what is published before what is closed; or with `drafts` what the actor works on.

    Every folded word of `q` must occur in its texts, or `q` is its reference. A page beyond the last
    is the last.
    """
    # Needs are written by people, one at a time: there are hundreds, and they are searched as read.
    found = [need for need in db.session.scalars(_select_board(actor, lab, drafts)) if _matches(need, q)]
    shown = sorted(shown_to(actor, found), key=lambda one: _order(one, sort))
    page = min(max(page, 1), max(1, -(-len(shown) // PAGE)))
    return Board(items=shown[(page - 1) * PAGE : page * PAGE], total=len(shown), page=page)


def list_about(actor: User | None, q: str) -> Sequence[Need]:
    """Every need that the actor may see and that the words are about, the newest first."""
    what_is_read = (joinedload(Need.lab), joinedload(Need.category), lazyload("*"))
    wanted = select(Need).where(visible_to(actor)).options(*what_is_read).order_by(Need.id.desc())
    return [need for need in db.session.scalars(wanted) if _matches(need, q)]


def find_by_reference(actor: User | None, reference: str) -> int | None:
    """The id of the need of this reference, if the actor may see it."""
    named = _REFERENCE.fullmatch(reference.strip())
    if named is None:
        return None
    return db.session.scalar(select(Need.id).where(Need.id == int(named[1]), visible_to(actor)))


def titles(actor: User | None) -> Iterator[str]:
    """What the needs are called that the actor may see."""
    for names in db.session.execute(select(Need.title, Need.title_fa).where(visible_to(actor))):
        yield from (name for name in names if name)


def shown_to(actor: User | None, needs: Collection[Need]) -> list[Shown]:
    """The needs with their coverage, and as much of their evidence as the actor may see."""
    covered = coverage_of(needs)
    return [
        Shown(need=need, coverage=covered[need.id], evidence=evidence_for(actor, need, need.evidence))
        for need in needs
    ]


def evidence_for(actor: User | None, need: Need, evidence: Evidence | None) -> Evidence | None:
    """All of it for who may write in the lab; for others without what would tell on a company."""
    if evidence is None or may_write_need(actor, need.lab_id):
        return evidence
    return evidence.for_public()


def coverage_of(needs: Collection[Need]) -> Mapping[int, Coverage]:
    """How far each of the needs is met, by id."""
    spoken = spoken_for([need.id for need in needs])
    return {need.id: Coverage(required=need.quantity, spoken=spoken.get(need.id, NOTHING)) for need in needs}


def visible_to(actor: User | None) -> ColumnElement[bool]:
    return or_(Need.state.in_(PUBLIC), _written_by(actor))


def _written_by(actor: User | None) -> ColumnElement[bool]:
    """Needs of the labs in which the actor may write."""
    if actor is None:
        return false()
    if actor.has_role(Role.ADMIN, Role.LIAISON):
        return true()
    return Need.lab_id.in_(actor.lab_ids(Role.MANAGER))


def _select_board(actor: User | None, lab: Lab | None, drafts: bool) -> Select[Any]:
    wanted = select(Need).options(*WHOLE)
    if drafts:
        wanted = wanted.where(Need.state.in_({*DRAFTS, NeedState.REJECTED}), _written_by(actor))
    else:
        wanted = wanted.where(Need.state.in_(PUBLIC))
    return wanted if lab is None else wanted.where(Need.lab_id == lab.id)


def _matches(need: Need, q: str) -> bool:
    q = q[:LONGEST_QUERY]
    if named := _REFERENCE.fullmatch(ascii_digits(q).strip()):
        return need.id == int(named[1])
    things = (need.lab, need.category)
    names = [name for thing in things for name in (thing.name, thing.name_fa)]
    text = fold(" ".join(filter(None, [need.title, need.title_fa, need.justification, *names])))
    return all(word in text for word in folded_words(q))


def _order(shown: Shown, sort: Sort) -> tuple[bool, float, int]:
    """Published first, then by what was asked for, the newest first among equals."""
    figures = shown.evidence.figures if shown.evidence else None
    # What may not be shown must not be told by the order either.
    most = {
        Sort.UNMET: float(figures.unmet_minutes or 0) if figures else 0.0,
        Sort.NEARLY: shown.coverage.share,
        Sort.NEWEST: shown.need.published_at.timestamp() if shown.need.published_at else 0.0,
    }[sort]
    return shown.need.state is NeedState.CLOSED, -most, -shown.need.id
