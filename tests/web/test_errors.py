"""Every refusal is a page of ours: what happened, what to do, and nothing of the program's inside."""

import pytest

from app.web import navigation
from tests.visitor import Visitor
from tests.web.planted import REFUSALS


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_has_its_status_and_says_what_to_do(visitor: Visitor, name: str) -> None:
    page = visitor.page(f"/planted/refused/{name}", status=REFUSALS[name][1])
    assert page.one("p", class_="lead").text


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fa", "rtl")])
def test_every_status_has_a_page_in_both_languages(
    visitor: Visitor, code: int, language: str, direction: str
) -> None:
    page = visitor.page(f"/planted/status/{code}?lang={language}", status=code)
    html = page.one("html")
    assert (html.attrs["lang"], html.attrs["dir"]) == (language, direction)
    english = visitor.page(f"/planted/status/{code}?lang=en", status=code)
    assert (page.one("h1").text == english.one("h1").text) == (language == "en")


def test_who_is_throttled_or_came_too_early_is_told_when_to_come_back(visitor: Visitor) -> None:
    assert visitor.get("/planted/refused/too-many").headers["Retry-After"] == "17"
    assert visitor.get("/planted/refused/busy").headers["Retry-After"] == "2"


def test_what_may_be_done_instead_is_kept(visitor: Visitor) -> None:
    answer = visitor.post("/planted/mistake")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_mistake_of_ours_is_a_number_and_no_secret(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    page = visitor.page("/planted/mistake", status=500)
    number = page.one("main").one("bdi").text
    assert "secret" not in page.text
    assert number
    assert number in caplog.text
    assert "a secret of the program" in caplog.text


def test_a_form_without_its_token_changes_nothing_and_says_so(visitor: Visitor) -> None:
    answer = visitor.post("/preferences/theme", data={"theme": "dark"}, csrf=False)
    assert answer.status_code == 403
    assert "reload" in answer.text
    assert "data-bs-theme" not in visitor.get("/").text


def test_a_page_stands_even_while_the_database_is_away(visitor: Visitor) -> None:
    answer = visitor.get("/planted/database-away")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "SELECT" not in answer.text


def test_plain_words_where_no_page_can_be_made(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_knows() -> navigation.Frame:
        raise ConnectionError

    monkeypatch.setattr(navigation, "frame", nobody_knows)
    page = visitor.page("/planted/mistake", status=500)
    assert page.one("h1").text == "Something went wrong here"
    assert page.all("link") == []


@pytest.mark.parametrize("broken", [False, True])
def test_nobody_is_told_that_nothing_was_changed_where_it_may_have_been(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, broken: bool
) -> None:
    def nobody_knows() -> navigation.Frame:
        raise ConnectionError

    if broken:
        monkeypatch.setattr(navigation, "frame", nobody_knows)
    answer = visitor.get("/planted/refused/may-have-happened")
    assert "Look whether it is there before you try again" in answer.text
    assert "Nothing was changed" not in answer.text
    assert "Retry-After" not in answer.headers
