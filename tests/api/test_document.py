"""The OpenAPI document says what the program does: no more, no less."""

import re
from typing import Any

from flask import Flask

from app.api.v1 import docs
from app.web import access
from tests.api.caller import Document

FOR_ANYBODY = {
    "equipment-needs.list_all_needs",
    "equipment-needs.show_need",
    "gaps.list_all_gaps",
}
"""What is published is read without a token."""
PATH_PART = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


def routes(app: Flask) -> set[tuple[str, str]]:
    """Method and address of every call below /api/v1, as Flask knows them."""
    return {
        (method, PATH_PART.sub(r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.endpoint.partition(".")[0] != docs.docs.name
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_call_is_described_and_every_description_is_a_call(app: Flask, document: Document) -> None:
    assert document.operations() == routes(app)


def test_every_call_needs_a_token_and_says_so(app: Flask, document: Document) -> None:
    assert document.content["security"] == [{"bearer": []}]
    assert document.content["components"]["securitySchemes"]["bearer"] == {"type": "http", "scheme": "bearer"}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/") and rule.endpoint.partition(".")[0] != docs.docs.name:
            word = "public" if rule.endpoint in FOR_ANYBODY else "bearer token"
            assert access.declared(app.view_functions[rule.endpoint]) == word, rule


def test_every_call_has_a_summary_and_says_what_it_may_answer(document: Document) -> None:
    for path, item in document.content["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            assert operation["summary"], (method, path)
            assert {"401", "422", "429"} <= set(operation["responses"]), (method, path)
            keys = [p["name"] for p in operation.get("parameters", []) if p["in"] == "header"]
            assert keys == (["Idempotency-Key"] if method == "post" else []), (method, path)


def test_what_is_sent_and_told_is_described_field_by_field(document: Document) -> None:
    """No object is open: an unknown field in an answer would not go unnoticed in the other tests."""
    open_ones = [
        place for place, node in _objects(document.content) if node.get("additionalProperties") is not False
    ]

    assert open_ones == []


def test_it_is_openapi_three_one(document: Document) -> None:
    assert document.content["openapi"] == "3.1.0"
    assert "'type': None" not in repr(document.content)
    assert document.content["info"]["title"]
    assert all(_references_lead_somewhere(document.content))


def _objects(node: Any, place: str = "#") -> list[tuple[str, dict[str, Any]]]:
    found = []
    if isinstance(node, dict):
        if node.get("type") == "object":
            found.append((place, node))
        for key, inner in node.items():
            found += _objects(inner, f"{place}/{key}")
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            found += _objects(inner, f"{place}/{number}")
    return found


def _references_lead_somewhere(content: dict[str, Any]) -> list[bool]:
    references = set(re.findall(r"'\$ref': '#/components/(\w+)/(\w+)'", repr(content)))
    assert references
    return [name in content["components"][kind] for kind, name in references]


def test_people_read_the_same_document(app: Flask, document: Document) -> None:
    page = app.test_client().get("/api/v1/docs")

    assert page.status_code == 200
    for method, path in document.operations():
        assert f"{method} {path}" in page.text
    for code in ("slot-taken", "wrong-state", "idempotency-mismatch", "unauthorized", "too-large"):
        assert f'<tr id="{code}">' in page.text
