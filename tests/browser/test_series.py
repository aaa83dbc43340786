"""The pages of a series: readable by everybody, and no wider than a phone."""

from collections.abc import Callable

import pytest

from tests.booking.making import ask, weekly
from tests.browser.conftest import DESKTOP, PHONE, Tab
from tests.cast import Cast

ASKED = "/bookings/new?equipment=1&date=2026-11-23&start=08:30&end=10:30&repeat=weekly&times=3"
A_WEEK = 7 * 24


@pytest.mark.long
@pytest.mark.parametrize(("language", "size"), [("en", DESKTOP), ("fa", PHONE)])
def test_the_pages_of_a_series(
    visit: Callable[..., Tab], cast: Cast, language: str, size: dict[str, int]
) -> None:
    ask(cast.rival, cast.raman, start=A_WEEK)
    reference = ask(cast.booker, cast.raman, recurrence=weekly(4, skip_conflicts=True)).reference
    booker = visit(language, size)
    booker.sign_in(cast.booker, checked=False)
    for path in (ASKED, f"/bookings/{reference}", f"/bookings/{reference}/cancel"):
        booker.go(path)
    manager = visit(language, size)
    manager.sign_in(cast.manager, checked=False)
    manager.go(f"/bookings/{reference}")
