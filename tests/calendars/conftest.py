"""Fixtures of the calendar tests."""

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    """A calendar program. It shows nobody a page, so what it is refused with is not inspected as one."""
    return FlaskClient(app, app.response_class)
