"""Gaps through the API."""

from typing import Any

import pytest

from app.core.spans import Span
from app.needs.queries import gaps
from app.needs.rules.gap import Gap
from tests.api.caller import Caller, problem
from tests.api.conftest import As
from tests.cast import Cast
from tests.needs.making import a_gap


@pytest.fixture
def asked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    place, seen = (cast.raman_category.id, cast.materials.id), {"more": {}, "calls": []}

    def list_gaps(
        window: Span, *, lab_id: int | None = None, category_ids: set[int] | None = None
    ) -> list[Gap]:
        seen["calls"].append((window, lab_id, category_ids))
        return [a_gap(*place, window, **seen["more"])]

    monkeypatch.setattr(gaps, "list_gaps", list_gaps, raising=False)
    return seen


def test_the_figures_of_four_companies_are_public(anybody: Caller, cast: Cast, asked: dict[str, Any]) -> None:
    (gap,) = anybody.get("/gaps?from=2026-11-01T00:00:00Z").json["items"]
    assert gap == {
        "category": {"id": cast.raman_category.id, "name": cast.raman_category.name},
        "lab": {"id": cast.materials.id, "name": cast.materials.name},
        "unmet_minutes": 74 * 60,
        "organisations": 4,
        "utilisation": 0.91,
        "downtime_minutes": 0,
        "counterfactual": [{"extra": 1, "served_minutes": 3660}, {"extra": 2, "served_minutes": 4200}],
        "policy_minutes": None,
    }
    assert asked["calls"][-1][0].end.isoformat() == "2026-10-31T20:30:00+00:00"


def test_those_of_two_are_for_staff(as_: As, anybody: Caller, cast: Cast, asked: dict[str, Any]) -> None:
    asked["more"] = {"organisations": 2}
    for stranger in (anybody, as_(cast.booker), as_(cast.technician)):
        assert stranger.get("/gaps").json == {"items": []}
    (gap,) = as_(cast.other_manager).get("/gaps").json["items"]
    assert (gap["organisations"], gap["policy_minutes"]) == (2, 0)


def test_a_category_stands_for_what_is_below_it(as_: As, cast: Cast, asked: dict[str, Any]) -> None:
    as_(cast.liaison).get("/gaps?category=spectroscopy")
    assert asked["calls"][-1][2] == {cast.spectroscopy.id, cast.raman_category.id}


def test_staff_choose_place_kind_and_window(as_: As, cast: Cast, asked: dict[str, Any]) -> None:
    liaison = as_(cast.liaison)
    liaison.get("/gaps?lab=materials&category=raman-spectroscopy&from=2026-11-01T00:00:00Z")
    window, lab_id, category_ids = asked["calls"][-1]
    assert (window.start.day, lab_id, category_ids) == (1, cast.materials.id, {cast.raman_category.id})
    problem(liaison.get("/gaps?lab=nowhere"), 404, "not-found")
    refused = liaison.get("/gaps?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z")
    problem(refused, 422, "invalid")
