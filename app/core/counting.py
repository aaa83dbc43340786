"""Many small numbers in one question: the frame of every page wants half a dozen."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from app.extensions import db

Count = Select[Any]
"""Selects one number."""


def count_all(counts: Sequence[Count]) -> list[int]:
    """The numbers, in order; without any, no question."""
    if not counts:
        return []
    row = db.session.execute(select(*(one.scalar_subquery() for one in counts))).one()
    return [number or 0 for number in row]
