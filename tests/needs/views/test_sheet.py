"""A need as one page of paper."""

import io

import pytest
from pypdf import PdfReader

from app.needs.models import ClosingReason, Need
from app.needs.services.close import close_need
from tests.cast import Cast
from tests.needs.making import missing, published, submitted, write
from tests.visitor import Visitor

LONG = "One unit serves three industries, and it is full from morning to evening. " * 65


def paper(client: Visitor, need: Need, query: str = "") -> PdfReader:
    answer = client.get(f"/needs/{need.id}.pdf{query}")
    assert answer.status_code == 200
    return PdfReader(io.BytesIO(answer.data))


def text_of(client: Visitor, need: Need, query: str = "") -> str:
    (page,) = paper(client, need, query).pages
    return " ".join(page.extract_text().split())


def test_everybody_gets_what_is_published(
    client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials)
    need = published(cast, specification="Two lasers, 532 and 785 nm.")
    text = text_of(client, need)
    for said in (
        "Sabalan University of Technology",
        "A second Raman spectrometer",
        "74 unmet hours in 90 days, 4 companies.",
        "Frozen on Sunday 22 November 2026",
        "Formula 1.",
        "2 still open",
        "One unit serves three industries, and it is full.",
        "Two lasers, 532 and 785 nm.",
        "How to give",
        f"/needs/{need.id}",
    ):
        assert said in text, said


def test_it_is_shown_in_the_browser_under_its_number(client: Visitor, cast: Cast) -> None:
    need = published(cast)
    answer = client.get(f"/needs/{need.id}.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{need.reference}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_the_page_leads_to_it_once_it_is_published(client: Visitor, cast: Cast) -> None:
    need, draft = published(cast), write(cast.manager, cast)
    path = f"/needs/{need.id}.pdf"
    assert path in [link.attrs["href"] for link in client.page(f"/needs/{need.id}").all("a")]
    client.sign_in(cast.manager)
    assert "One page as PDF" not in client.page(f"/needs/{draft.id}").text


@pytest.mark.parametrize("who", [None, "booker", "donor", "other_manager"])
def test_a_draft_is_not_there_for_strangers(client: Visitor, cast: Cast, who: str | None) -> None:
    draft = submitted(cast.manager, cast)
    if who:
        client.sign_in(getattr(cast, who))
    assert client.get(f"/needs/{draft.id}.pdf").status_code == 404
    assert client.get("/needs/999999.pdf").status_code == 404


def test_who_may_write_it_prints_a_draft_that_says_so(client: Visitor, cast: Cast) -> None:
    draft = write(cast.manager, cast)
    client.sign_in(cast.manager)
    text = text_of(client, draft)
    assert "Draft" in text
    assert "How to give" not in text


@pytest.mark.parametrize("who", [None, "manager", "admin"])
def test_figures_of_two_companies_are_on_nobodys_paper(
    client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch, who: str | None
) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials, organisations=2)
    need = published(cast)
    if who:
        client.sign_in(getattr(cast, who))
    text = text_of(client, need)
    assert "Fewer than three companies asked for it" in text
    assert "74" not in text
    assert "61" not in text


@pytest.mark.parametrize("language", ["en", "fa"])
def test_long_texts_are_cut_to_one_page_and_say_where_the_rest_is(
    client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials)
    title = ("Several spectrometers " * 9).strip()
    need = published(cast, justification=LONG, specification=LONG, title=title, title_fa="طیف‌سنج دیگر " * 15)
    text = text_of(client, need, f"?lang={language}")
    assert text.count(f"/needs/{need.id}") == 3
    assert text.count("One unit serves") > 5


def test_a_word_without_end_fits_too(client: Visitor, cast: Cast) -> None:
    text = text_of(client, published(cast, justification="x" * 5000, title="y" * 200))
    assert "more at" in text


def test_persian_is_set_in_persian(client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials)
    need = published(cast, title_fa="طیف‌سنج رامان دوم")
    found = paper(client, need, "?lang=fa")
    text = found.pages[0].extract_text()
    assert "طیف‌سنج رامان دوم" in text
    assert "22 November 2026" in text
    assert f"/needs/{need.id}" in text
    assert found.root_object["/Lang"] == "fa"
    assert "طیف‌سنج رامان دوم" in (found.metadata or {})["/Title"]


def test_what_is_closed_asks_for_nothing(client: Visitor, cast: Cast) -> None:
    need = published(cast)
    close_need(actor=cast.manager, need_id=need.id, reason=ClosingReason.MET_BY_PURCHASE)
    text = text_of(client, need)
    assert "It was bought" in text
    assert "How to give" not in text
