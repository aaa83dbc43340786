"""A visitor of an application in which everything can go wrong."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.visitor import Visitor
from tests.web.planted import plant


@pytest.fixture
def planted(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """An application of this test's own; its mistakes become pages, as they do outside of tests."""
    app = make_app(PROPAGATE_EXCEPTIONS=False)
    plant(app)
    with app.app_context():
        yield app


@pytest.fixture
def visitor(planted: Flask) -> Visitor:
    return planted.test_client()  # type: ignore[return-value]
