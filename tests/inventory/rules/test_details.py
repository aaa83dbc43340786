"""What may be written, and that the database has room for it."""

from sqlalchemy import String

from app.inventory.models import Acquisition, Category, Equipment, Lab, Site, Unit
from app.inventory.rules.details import LONGEST, cleaned_aliases, cleaned_details, problems_of


def test_texts_are_cleaned_and_nothing_is_nothing() -> None:
    details = {"name": " كوره\u200f  Muffle ", "model": "  ", "description": "", "modes": ["self"]}

    assert cleaned_details(details, empty=["description"]) == {
        "name": "کوره Muffle",
        "model": None,
        "description": "",
        "modes": ["self"],
    }


def test_a_name_is_required_where_it_is_given() -> None:
    assert problems_of({"name": None}) == [("name", "required")]
    assert problems_of({"model": None}) == []


def test_what_is_too_long_is_named() -> None:
    assert problems_of({"name": "x" * 201, "model": "x" * 200}) == [("name", "too-long")]
    assert problems_of({"aliases": ["x" * 201]}) == [("aliases", "too-long")]
    assert problems_of({"aliases": ["x"] * 31}) == [("aliases", "too-long")]


def test_aliases_are_cleaned_and_stand_once() -> None:
    assert cleaned_aliases(["SEM ", "SEM", "", "مي‌كروسكوپ"]) == ["SEM", "می‌کروسکوپ"]


def test_the_longest_values_fit_their_columns() -> None:
    for model in (Acquisition, Category, Equipment, Lab, Site, Unit):
        for column in model.__table__.columns:
            if isinstance(column.type, String) and column.type.length and column.name in LONGEST:
                assert LONGEST[column.name] <= column.type.length, f"{model.__name__}.{column.name}"
