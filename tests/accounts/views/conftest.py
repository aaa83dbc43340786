"""Fixtures of the tests of accounts' pages."""

import pytest

from app.accounts.views import steadily


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers come when they are ready; the test about time sets the wait itself."""
    monkeypatch.setattr(steadily, "WHILE_SECONDS", 0.0)
