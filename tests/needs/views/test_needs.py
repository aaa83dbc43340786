"""The pages of needs, as donors, staff and strangers meet them."""

import pytest
from flask import Flask

from app.extensions import db
from app.needs.models import ClosingReason, Need, NeedState
from app.needs.services.close import close_need
from tests.cast import Cast
from tests.needs.making import missing, published, submitted, write
from tests.visitor import Visitor

LATHE = "A lathe for the workshop"


def titles(client: Visitor, query: str = "") -> list[str]:
    return [h.text.strip() for h in client.page(f"/needs?{query}").all("h2")]


def test_everybody_sees_what_is_published_and_nothing_else(client: Visitor, cast: Cast) -> None:
    published(cast)
    write(cast.manager, cast, title=LATHE)
    page = client.page("/needs")
    assert "A second Raman spectrometer" in page.text
    assert LATHE not in page.text
    assert "Write a need" not in page.text
    assert LATHE not in client.page("/needs?tab=drafts").text


def test_staff_see_their_drafts_in_a_tab_and_no_others(client: Visitor, cast: Cast) -> None:
    write(cast.manager, cast, title=LATHE)
    write(cast.other_manager, cast, title="A scope", lab_id=cast.electronics.id)
    client.sign_in(cast.manager)
    assert titles(client, "tab=drafts") == [LATHE]


def test_the_board_is_searched_in_either_language_and_by_number(client: Visitor, cast: Cast) -> None:
    need = published(cast)
    other = published(cast, title=LATHE, title_fa="دستگاه تراش", category_id=cast.soldering.id)
    assert titles(client, "q=raman") == [need.title]
    assert titles(client, "q=تراش") == [LATHE]
    assert titles(client, "q=لحیم") == [LATHE]
    assert titles(client, f"q={other.reference}") == [LATHE]
    assert "No need found" in client.page("/needs?q=telescope").text
    assert titles(client, "lab=electronics") == ["No need found"]
    assert set(titles(client, "lab=materials&sort=nonsense&page=99")) == {need.title, LATHE}


def test_what_is_closed_comes_last(client: Visitor, cast: Cast) -> None:
    old, new = published(cast), published(cast, title=LATHE)
    assert titles(client, "sort=newest") == [LATHE, old.title]
    close_need(actor=cast.manager, need_id=new.id, reason=ClosingReason.MET_BY_PURCHASE)
    assert titles(client, "sort=newest") == [old.title, LATHE]


def test_the_most_hours_come_first(client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials)
    most = published(cast)
    published(cast, title=LATHE, category_id=cast.soldering.id)
    assert titles(client) == [most.title, LATHE]


def test_the_public_reads_the_frozen_figures_and_staff_the_present_ones(
    app: Flask, client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials)
    need = published(cast)
    missing(monkeypatch, cast.raman_category, cast.materials, unmet_minutes=99 * 60)
    text = client.page(f"/needs/{need.id}").text
    assert "74 unmet hours in 90 days, 4 companies." in text
    assert "99" not in text
    assert "The same figures now" not in text
    client.sign_in(cast.manager)
    assert "99 unmet hours in 90 days" in client.page(f"/needs/{need.id}").text


def test_two_companies_show_no_number_in_public(
    client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials, organisations=2)
    need = published(cast)
    for path in ("/needs", f"/needs/{need.id}"):
        text = client.page(path).text
        assert "Fewer than three companies" in text
        assert "74" not in text
    client.sign_in(cast.booker)
    assert "74" not in client.page(f"/needs/{need.id}").text


def test_a_need_is_written_handed_in_and_published_by_two_people(
    app: Flask, client: Visitor, cast: Cast
) -> None:
    client.sign_in(cast.manager)
    fields = {"title": LATHE, "justification": "Four courses wait for one.", "quantity": "۲"}
    fields |= {"lab": str(cast.materials.id), "category": str(cast.soldering.id), "closes_on": "1406/01/01"}
    answer = client.submit("/needs/new", fields, form="new-need")
    need = db.session.query(Need).one()
    assert answer.location == f"/needs/{need.id}"
    assert (need.quantity, str(need.closes_on)) == (2, "2027-03-21")
    client.submit(f"/needs/{need.id}/edit", {"quantity": "1"}, form="need")
    client.post(f"/needs/{need.id}/submit")
    assert "somebody else publishes it" in client.page(f"/needs/{need.id}").text
    assert client.post(f"/needs/{need.id}/publish").status_code == 403
    colleague: Visitor = app.test_client()  # type: ignore[assignment]
    colleague.sign_in(cast.liaison)
    colleague.post(f"/needs/{need.id}/publish")
    assert (need.state, need.quantity) == (NeedState.PUBLISHED, 1)
    page = app.test_client().page(f"/needs/{need.id}")  # type: ignore[attr-defined]
    assert page.one("meta", property="og:title").attrs["content"] == LATHE
    assert page.one("input", id="address").attrs["value"].endswith(f"/needs/{need.id}")


def test_a_form_that_is_wrong_comes_back(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    answer = client.submit("/needs/new", {"title": "", "quantity": "0"}, form="new-need")
    assert answer.status_code == 422
    assert db.session.query(Need).count() == 0


def test_the_form_from_a_gap_is_filled_in(
    client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials)
    client.sign_in(cast.manager)
    path = f"/needs/new?category={cast.raman_category.id}&lab={cast.materials.id}"
    client.submit(path, {"justification": "It is full."}, form="new-need")
    need = db.session.query(Need).one()
    assert (need.title, need.category, need.from_gap) == ("Raman spectroscopy", cast.raman_category, True)


def test_a_need_is_turned_down_and_another_closed_with_reasons(client: Visitor, cast: Cast) -> None:
    draft, public = submitted(cast.manager, cast), published(cast)
    client.sign_in(cast.liaison)
    client.submit(f"/needs/{draft.id}/reject", {"reason": "There is one nearby."}, form="reject")
    assert "There is one nearby." in client.page(f"/needs/{draft.id}").text
    refused = client.submit(f"/needs/{public.id}/close", {"reason": "withdrawn"}, form="close")
    assert refused.status_code == 422
    client.submit(f"/needs/{public.id}/close", {"reason": "withdrawn", "note": "We move."}, form="close")
    assert "We move." in client.page(f"/needs/{public.id}").text
    assert client.post(f"/needs/{public.id}/close", data={"reason": "obsolete"}).status_code == 409


@pytest.mark.parametrize("who", ["booker", "donor", "technician"])
def test_others_reach_no_form(client: Visitor, cast: Cast, who: str) -> None:
    need = published(cast)
    client.sign_in(getattr(cast, who))
    for path in ("/needs/new", f"/needs/{need.id}/edit", f"/needs/{need.id}/close"):
        client.page(path, status=404)
    assert client.post(f"/needs/{need.id}/close", data={"reason": "obsolete"}).status_code == 404
    assert "What you can do" not in client.page(f"/needs/{need.id}").text


def test_the_manager_of_another_lab_reads_and_does_nothing(client: Visitor, cast: Cast) -> None:
    need, draft = published(cast), write(cast.manager, cast)
    client.sign_in(cast.other_manager)
    client.page(f"/needs/{need.id}")
    client.page(f"/needs/{need.id}/edit", status=403)
    client.page(f"/needs/{draft.id}", status=404)


def test_it_reads_in_persian(client: Visitor, cast: Cast) -> None:
    published(cast, title_fa="طیف‌سنج رامان دوم")
    assert "طیف‌سنج رامان دوم" in client.page("/needs?lang=fa").text
