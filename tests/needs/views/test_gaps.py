"""The pages of gaps, as staff and strangers meet them."""

from datetime import timedelta
from typing import Any

import pytest

from app.core.spans import Span
from app.needs.queries import gaps
from app.needs.rules.gap import Gap, Lost, Week
from tests.cast import NOW, Cast
from tests.needs.making import a_gap
from tests.visitor import Visitor

GAP = "/gaps/raman-spectroscopy/materials"
FIGURES = ("74", "61", "91")


@pytest.fixture
def asked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A gap of four organisations; `more` overrules its figures, `windows` are those that were asked for."""
    raman, soldering, lab = cast.raman_category.id, cast.soldering.id, cast.materials.id
    seen: dict[str, Any] = {"more": {}, "windows": [], "filters": []}

    def made(category_id: int, lab_id: int | None, window: Span) -> Gap:
        seen["windows"].append(window)
        weeks = (Week(span=Span(NOW - timedelta(days=7), NOW), unmet_minutes=540, policy_minutes=120),)
        reasons = (Lost(reason="declined", minutes=840, wishes=3),)
        return a_gap(category_id, lab_id, window, weeks=weeks, reasons=reasons, **seen["more"])

    def list_gaps(
        window: Span, *, lab_id: int | None = None, category_ids: set[int] | None = None
    ) -> list[Gap]:
        seen["filters"].append((lab_id, category_ids))
        found = [made(raman, lab, window), made(soldering, None, window)]
        found = [g for g in found if category_ids is None or g.category_id in category_ids]
        return [g for g in found if lab_id in (None, g.lab_id)]

    def find_gap(category_id: int, lab_id: int, window: Span) -> Gap | None:
        return made(raman, lab, window) if (category_id, lab_id) == (raman, lab) else None

    monkeypatch.setattr(gaps, "list_gaps", list_gaps, raising=False)
    monkeypatch.setattr(gaps, "find_gap", find_gap)
    return seen


@pytest.mark.parametrize("who", [None, "booker", "technician"])
def test_the_gap_of_two_companies_shows_no_number_in_public(
    client: Visitor, cast: Cast, asked: dict[str, Any], who: str | None
) -> None:
    asked["more"] = {"organisations": 2}
    if who:
        client.sign_in(getattr(cast, who))
    page = client.page("/gaps")
    assert not page.all("table")
    assert "See the needs" in page.text
    client.page(GAP, status=404)


def test_staff_see_it(client: Visitor, cast: Cast, asked: dict[str, Any]) -> None:
    asked["more"] = {"organisations": 2}
    client.sign_in(cast.other_manager)
    (row, nowhere) = client.page("/gaps").one("tbody").all("tr")
    assert [cell.text.strip() for cell in row.all("td")][1:3] == ["74", "2"]
    assert not nowhere.all("a")
    page = client.page(GAP)
    assert "Declined for lack of time" in page.text
    assert "Write a need from this" not in page.text


def test_the_public_reads_whole_months_without_the_parts(client: Visitor, asked: dict[str, Any]) -> None:
    page = client.page(f"{GAP}?days=30")
    evidence = page.one("p", class_="evidence").text
    assert all(figure in evidence for figure in FIGURES)
    assert "Declined" not in page.text
    assert "The same as a table" not in page.text
    window = asked["windows"][-1]
    assert (window.start.isoformat(), window.end.isoformat()) == (
        "2026-07-31T20:30:00+00:00",
        "2026-10-31T20:30:00+00:00",
    )


def test_a_need_is_written_from_it_by_who_may(client: Visitor, cast: Cast, asked: dict[str, Any]) -> None:
    client.sign_in(cast.manager)
    (link,) = [a for a in client.page(GAP).all("a") if "Write a need from this" in a.text]
    form = client.page(link.attrs["href"])
    assert "Raman" in form.text


def test_the_weeks_are_drawn_and_told_in_a_table(client: Visitor, cast: Cast, asked: dict[str, Any]) -> None:
    client.sign_in(cast.liaison)
    page = client.page(GAP)
    assert "What one or two more units would have done" in page.text
    (table,) = [one for one in page.all("details") if "The same as a table" in one.text]
    assert [cell.text.strip() for cell in table.all("td")] == ["9", "2"]


@pytest.mark.parametrize("path", ["nothing/materials", "raman-spectroscopy/nowhere", "soldering/materials"])
def test_wrong_names_lead_nowhere(client: Visitor, cast: Cast, asked: dict[str, Any], path: str) -> None:
    client.sign_in(cast.liaison)
    client.page(f"/gaps/{path}", status=404)


def test_the_list_is_narrowed(client: Visitor, cast: Cast, asked: dict[str, Any]) -> None:
    client.sign_in(cast.liaison)
    client.page("/gaps?lab=materials&category=raman-spectroscopy&days=30")
    assert asked["filters"][-1] == (cast.materials.id, {cast.raman_category.id})
    assert asked["windows"][-1].length == timedelta(days=30)
    client.page("/gaps?days=nonsense")
    assert asked["windows"][-1].length == timedelta(days=90)
    assert "No gap found" in client.page("/gaps?lab=electronics").text


def test_a_category_brings_what_is_below_it_and_nothing_beside_it(
    client: Visitor, cast: Cast, asked: dict[str, Any]
) -> None:
    client.sign_in(cast.liaison)
    rows = client.page("/gaps?category=spectroscopy").one("tbody").all("tr")
    assert [row.one("th").text.strip() for row in rows] == [cast.raman_category.name]


def test_the_menu_names_it_to_staff_alone(client: Visitor, cast: Cast, asked: dict[str, Any]) -> None:
    assert not [a for a in client.page("/needs").all("a") if a.attrs.get("href") == "/gaps"]
    client.sign_in(cast.manager)
    assert [a for a in client.page("/needs").all("a") if a.attrs.get("href") == "/gaps"]


def test_the_page_in_persian(client: Visitor, cast: Cast, asked: dict[str, Any]) -> None:
    client.sign_in(cast.manager)
    page = client.page(f"{GAP}?lang=fa")
    assert "۷۴" in page.one("p", class_="evidence").text
    assert client.page("/gaps?lang=fa").one("html").attrs["dir"] == "rtl"
