"""Every address that can be opened is opened, by everybody, in both languages: it answers, it has no fault
that the inspection knows, and looking changes nothing."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from app.core.event_log import EventRecord
from app.extensions import db
from app.web import access
from tests.cast import Cast
from tests.visitor import Visitor

MAY_SAY_NO = "/readyz"
"""It answers 503 wherever no job runner is at work, as here."""
PEOPLE = ("nobody", "booker", "manager", "admin")


def addresses(app: Flask) -> list[str]:
    """One address for each endpoint that answers GET; things are called 1."""
    adapter = app.url_map.bind("localhost")
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return sorted(
        {
            adapter.build(
                rule.endpoint, {name: something(rule, name) for name in rule.arguments}, method="GET"
            )
            for rule in rules
            if rule.endpoint != "static"
        }
        - {MAY_SAY_NO}
    )


def something(rule: Rule, name: str) -> object:
    """A value that the rule takes there: one of its words where it has a list of them."""
    return min(getattr(rule._converters[name], "items", {1}))


def fault_of(client: Visitor, path: str, language: str) -> str:
    """What is wrong with the answer; '' when nothing is."""
    try:
        answer = client.get(path, query_string={"lang": language})
    except Exception as error:  # one bad page must not hide the others
        return f"{type(error).__name__}: {error}"
    return answer.status if answer.status_code >= 500 else ""


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("name", PEOPLE)
def test_every_address_answers_and_changes_nothing(
    app: Flask, cast: Cast, client: Visitor, name: str, language: str
) -> None:
    if name != "nobody":
        client.sign_in(getattr(cast, name))
    told = select(func.count()).select_from(EventRecord)
    before = db.session.scalar(told)

    faults = {path: fault for path in addresses(app) if (fault := fault_of(client, path, language))}

    assert faults == {}
    assert db.session.scalar(told) == before


def test_a_bad_page_would_be_found(make_app: Callable[[], Flask]) -> None:
    app = make_app()
    app.add_url_rule("/bare", "bare", access.public(lambda: "<h1>Only this</h1>"))
    app.add_url_rule("/broken", "broken", access.public(lambda: str(1 / 0)))
    visitor = app.test_client()

    with app.app_context():
        assert {"/bare", "/broken"} <= set(addresses(app))
        assert "no <!doctype html>" in fault_of(visitor, "/bare", "en")
        assert "ZeroDivisionError" in fault_of(visitor, "/broken", "en")
        assert fault_of(visitor, "/healthz", "en") == ""
