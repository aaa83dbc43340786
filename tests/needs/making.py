"""Short ways to ask for things in tests of needs."""

from typing import Any

import pytest

from app.accounts.models import User
from app.core.spans import Span
from app.inventory.models import Category, Lab
from app.needs.models import Need
from app.needs.queries import gaps
from app.needs.rules.gap import Gain, Gap
from app.needs.services.publish import publish_need
from app.needs.services.write import submit_need, write_need
from tests.cast import Cast


def a_gap(category_id: int, lab_id: int | None, window: Span, **more: Any) -> Gap:
    """74 hours of four organisations, of which one more unit would have served 61."""
    figures: dict[str, Any] = {
        "unmet_minutes": 74 * 60,
        "organisations": 4,
        "units": 1,
        "open_minutes": 1000,
        "used_minutes": 910,
        "downtime_minutes": 0,
        "policy_minutes": 0,
        "gains": (Gain(extra=1, served_minutes=61 * 60), Gain(extra=2, served_minutes=70 * 60)),
    }
    return Gap(category_id=category_id, lab_id=lab_id, window=window, **{**figures, **more})


def missing(
    monkeypatch: pytest.MonkeyPatch, category: Category, lab: Lab, *, nothing: bool = False, **more: Any
) -> None:
    """From now on this much of the category was missed in the lab, and nothing of anything else."""
    # Read here: within a request the rows of the test would wait for the lock of the request itself.
    place = (category.id, lab.id)

    def find_gap(category_id: int, lab_id: int, window: Span) -> Gap | None:
        there = (category_id, lab_id) == place and not nothing
        return a_gap(category_id, lab_id, window, **more) if there else None

    monkeypatch.setattr(gaps, "find_gap", find_gap)


def write(actor: User, cast: Cast, **more: Any) -> Need:
    """A second Raman spectrometer for the materials lab."""
    details = {
        "title": "A second Raman spectrometer",
        "justification": "One unit serves three industries, and it is full.",
        "quantity": 2,
        "lab_id": cast.materials.id,
        "category_id": cast.raman_category.id,
    }
    return write_need(actor=actor, **{**details, **more})


def submitted(actor: User, cast: Cast, **more: Any) -> Need:
    return submit_need(actor=actor, need_id=write(actor, cast, **more).id)


def published(cast: Cast, **more: Any) -> Need:
    """Written by the manager, published by the liaison office."""
    return publish_need(actor=cast.liaison, need_id=submitted(cast.manager, cast, **more).id)
