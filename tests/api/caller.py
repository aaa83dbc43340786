"""A program that calls the API and holds every answer against the OpenAPI document."""

import re
from functools import reduce
from operator import getitem
from typing import Any

from flask import Flask
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from app.accounts.models import ApiToken, User
from app.core.clock import now
from app.core.tokens import new_token, token_hash
from app.extensions import db

ROOT = "/api/v1"
Place = tuple[str, ...]
"""Where in the document: the keys that lead there."""


class Document:
    """The OpenAPI document, as somebody who only has that would read it."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        resource = Resource(contents=content, specification=DRAFT202012)
        self.registry: Any = Registry().with_resource("urn:document", resource)

    def operations(self) -> set[tuple[str, str]]:
        """Method and address of each call that is described."""
        methods = {"get", "post", "patch", "put", "delete"}
        return {
            (m.upper(), path) for path, item in self.content["paths"].items() for m in item if m in methods
        }

    def faults(self, method: str, path: str, answer: TestResponse) -> list[str]:
        """What about this answer the document does not say."""
        place = self._place_of(method, path)
        if place is None:
            return []  # nothing is there: what 404 and 405 look like is tested by their name
        described = self._at(place)["responses"]
        if str(answer.status_code) not in described:
            return [f"{answer.status_code} is not among {sorted(described)}"]
        place = self._followed((*place, "responses", str(answer.status_code)))
        kinds = self._at(place).get("content", {})
        if not kinds:
            return [f"a body where none is described: {answer.text}"] if answer.data else []
        if answer.mimetype not in kinds:
            return [f"{answer.mimetype} is not among {sorted(kinds)}"]
        validator = self.validator((*place, "content", answer.mimetype, "schema"))
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer.json)]

    def validator(self, place: Place) -> Draft202012Validator:
        """Checks values against the schema at this place of the document."""
        pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in place)
        schema = {"$ref": f"urn:document#/{pointer}"}
        return Draft202012Validator(schema, registry=self.registry, format_checker=FormatChecker())

    def _place_of(self, method: str, path: str) -> Place | None:
        for template, item in self.content["paths"].items():
            if re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path) and method.lower() in item:
                return ("paths", template, method.lower())
        return None

    def _followed(self, place: Place) -> Place:
        reference = self._at(place).get("$ref")
        return tuple(reference.removeprefix("#/").split("/")) if reference else place

    def _at(self, place: Place) -> dict[str, Any]:
        return reduce(getitem, place, self.content)


class Caller:
    """A person's program, with their token."""

    def __init__(self, app: Flask, document: Document, token: str | None) -> None:
        self.app, self.document, self.token = app, document, token

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.send("GET", path, **more)

    def post(self, path: str, json: Any = None, *, key: str | None = None, **more: Any) -> TestResponse:
        if key is not None:
            more["headers"] = {"Idempotency-Key": key, **more.get("headers", {})}
        if json is not None:
            more["json"] = json
        return self.send("POST", path, **more)

    def patch(self, path: str, json: Any = None, **more: Any) -> TestResponse:
        return self.send("PATCH", path, json=json, **more)

    def put(self, path: str, json: Any = None, **more: Any) -> TestResponse:
        return self.send("PUT", path, json=json, **more)

    def delete(self, path: str, **more: Any) -> TestResponse:
        return self.send("DELETE", path, **more)

    def send(self, method: str, path: str, **more: Any) -> TestResponse:
        """Call /api/v1 + path. An answer that the document does not describe fails the test."""
        headers = dict(more.pop("headers", {}))
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        address = path if path.startswith(ROOT) else ROOT + path
        client = self.app.test_client(use_cookies=False)
        answer = client.open(address, method=method, headers=headers, **more)
        faults = self.document.faults(method, address.partition("?")[0], answer)
        assert not faults, f"{method} {address} ({answer.status}):\n  " + "\n  ".join(faults)
        return answer


def token_of(user: User) -> str:
    """A fresh token of this person."""
    token = new_token()
    db.session.add(ApiToken(user_id=user.id, name="test", token_hash=token_hash(token), created_at=now()))
    db.session.commit()
    return token


def problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The problem document of a refusal; fails when it is not this one."""
    assert (answer.status_code, answer.json and answer.json.get("code")) == (status, code), answer.text
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status
    return answer.json


def wrong_fields(answer: TestResponse) -> dict[str, str]:
    """Field and code of each error of a 422."""
    return {error["field"]: error["code"] for error in problem(answer, 422, "invalid")["errors"]}
