"""Callers for the tests of the API."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.models import User
from tests.api.caller import Caller, Document, token_of

As = Callable[[User], Caller]


@pytest.fixture
def document(app: Flask) -> Document:
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return Document(answer.get_json())


@pytest.fixture
def as_(app: Flask, document: Document) -> As:
    """as_(cast.booker): a program with that person's token."""
    return lambda user: Caller(app, document, token_of(user))


@pytest.fixture
def anybody(app: Flask, document: Document) -> Caller:
    """A program without a token."""
    return Caller(app, document, None)
