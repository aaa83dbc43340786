"""Every problem has its sentence, in both languages."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.core.i18n import in_language
from app.inventory import import_wording
from app.inventory.import_wording import place_text, problem_text
from app.inventory.problems import Problem

SOURCES = Path(import_wording.__file__).parent
CODE = re.compile(r'(?:Problem|refused|wrong)\(\s*"([a-z-]+)"|"((?:bad|unknown|not)-[a-z-]+)"')


def codes() -> set[str]:
    """The codes that the rules and services of importing use."""
    files = [*SOURCES.glob("rules/importing/*.py"), *SOURCES.glob("services/import*.py")]
    return {found[1] or found[2] for path in files for found in CODE.finditer(path.read_text())}


def test_the_codes_are_found() -> None:
    assert {"encoding", "key-twice", "bad-date", "name-twice", "too-big", "unknown-status"} <= codes()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_code_is_put_into_words(app: Flask, language: str) -> None:
    every = {
        "cell": "=1", "columns": "a, b", "field": "status", "first": 2, "found": 3, "key": "K",
        "lab": "attic", "longest": 4, "most": 5, "most_megabytes": 5, "number": 6, "quantity": 7,
        "category": "Mills", "sheet": "2026", "sheets": "a, b",
        "slugs": "a, b", "tag": "T", "there": 8, "wanted": 9, "why": "forbidden",
    }  # fmt: skip

    with in_language(language):
        texts = {code: problem_text(Problem(code, params=every)) for code in codes()}

    assert all(text.endswith(".") and "%(" not in text for text in texts.values()), texts


def test_a_place_is_named_as_far_as_it_is_known(app: Flask) -> None:
    assert place_text(Problem("cells", 3, "Room")) == "Line 3, column “Room”"
    assert place_text(Problem("cells", 3)) == "Line 3"
    assert place_text(Problem("column-twice", column="Room")) == "Column “Room”"
    assert place_text(Problem("empty")) == ""


def test_foreign_text_does_not_turn_a_persian_sentence_around(app: Flask) -> None:
    with in_language("fa"):
        text = problem_text(Problem("tag-taken", params={"tag": "X-100+"}))

    assert "«\u2068X-100+\u2069»" in text


def test_why_a_service_refused_is_said_where_it_is_known(app: Flask) -> None:
    assert "bookings ahead" in problem_text(Problem("refused", 3, params={"why": "capacity-in-use"}))
    assert "(wrong-state)" in problem_text(Problem("refused", 3, params={"why": "wrong-state"}))
