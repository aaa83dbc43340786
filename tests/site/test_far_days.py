"""Any day that an address names has a page in both calendars; one beyond them is taken for today."""

from datetime import date, timedelta

import pytest

from app.core.jalali import FIRST_DAY, LAST_DAY, Jalali, parse_date
from tests.cast import Cast
from tests.visitor import Visitor

DAY = timedelta(days=1)
EDGES = [FIRST_DAY, LAST_DAY]
BEYOND = ["1900-01-01", "1300/01/01", "1498/12/29", str(FIRST_DAY - DAY), str(LAST_DAY + DAY)]
PAGES = [*(f"/calendar?view={view}&date=" for view in ("day", "week", "month", "list"))]


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("day", [*map(str, EDGES), *BEYOND])
def test_no_day_is_too_far_for_a_page(client: Visitor, cast: Cast, language: str, day: str) -> None:
    for page in (*PAGES, f"/equipment/{cast.raman.id}?week=", "/find?from=", "/find?until="):
        client.page(f"{page}{day}&lang={language}")


@pytest.mark.parametrize("day", EDGES)
def test_the_first_and_the_last_day_are_read_in_both_calendars(day: date) -> None:
    assert parse_date(str(day)) == parse_date(str(Jalali.of(day))) == day


@pytest.mark.parametrize("text", BEYOND)
def test_what_lies_beyond_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match="days run from"):
        parse_date(text)
