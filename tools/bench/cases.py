"""The calls that are measured."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, jsonify
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.calendars.models import FeedDetail, FeedScope
from app.calendars.services.addresses import create_feed
from app.extensions import db
from app.web import access
from tools.bench.history import BUSY, NOW, SATURDAY, TOKEN

HEADERS = {"Authorization": f"Bearer {TOKEN}"}
WEEK = {"from": SATURDAY.isoformat(), "to": (SATURDAY + timedelta(days=7)).isoformat()}
FORTNIGHT = {"from": NOW.isoformat(), "to": (NOW + timedelta(days=14)).isoformat()}
FLOOR = "/bench/floor"
WEEKS = 52
TOGETHER = 6
"""Equipment in one series."""
SERIES_MS = {"sqlite": 400.0, "postgresql": 900.0}


@dataclass(frozen=True)
class Case:
    """A call; `ask` makes it and fails when the answer is not what it should be."""

    name: str
    ask: Callable[[], object]
    writes: bool = False
    most_ms: Mapping[str, float] | None = None
    """The promise in milliseconds, by the name of the database."""


def cases(app: Flask) -> list[Case]:
    """The calls, on an application whose database has a history."""
    client = FlaskClient(app, app.response_class, use_cookies=False)
    address = _feed_address(app)
    slots = _free_slots()

    def get(path: str, status: int = 200, **more: Any) -> TestResponse:
        answer = client.get(path, **more)
        assert answer.status_code == status, answer.text
        return answer

    def calendar() -> None:
        query = WEEK | {"equipment": ",".join(map(str, range(1, BUSY + 1)))}
        found = get("/api/v1/calendar", query_string=query, headers=HEADERS).get_json()
        assert len(found) == BUSY * 8

    def free() -> None:
        query = FORTNIGHT | {"minutes": "120", "limit": "1000"}
        found = get("/api/v1/free", query_string=query, headers=HEADERS).get_json()
        assert len(found["items"]) == 1000

    def create() -> None:
        answer = client.post("/api/v1/bookings", json=next(slots), headers=HEADERS)
        assert answer.status_code == 201, answer.text

    def feed() -> None:
        assert get(address).text.count("BEGIN:VEVENT") > 100

    def check_series() -> None:
        answer = client.post("/api/v1/bookings/check", json=series[-1], headers=HEADERS)
        assert len(answer.get_json()["occurrences"]) == WEEKS
        assert answer.get_json()["allowed"]

    def create_series() -> None:
        answer = client.post("/api/v1/bookings", json=series.pop(), headers=HEADERS)
        assert answer.status_code == 201, answer.text
        assert len(answer.get_json()["occurrences"]) == WEEKS

    series = list(_free_series())
    etag = get(address).headers["ETag"]
    return [
        Case("calendar JSON, 50 equipment, a week", calendar),
        Case("free search, 1000 equipment", free),
        Case("feed, 200", feed),
        Case("feed, 304", lambda: get(address, 304, headers={"If-None-Match": etag})),
        Case("check a series, 52 dates, 6 equipment", check_series, most_ms=SERIES_MS),
        # The last ones, for they add to what the others find.
        Case("create a booking", create, writes=True),
        Case("create a series, 52 dates, 6 equipment", create_series, writes=True, most_ms=SERIES_MS),
    ]


def floor(app: Flask) -> Callable[[], object]:
    """A view that makes one SELECT and answers with JSON: what Flask itself costs."""
    client = FlaskClient(app, app.response_class, use_cookies=False)
    return lambda: client.get(FLOOR)


def add_floor(app: Flask) -> None:
    @access.public
    def one_select() -> object:
        return jsonify(db.session.scalar(text("SELECT 1")))

    app.add_url_rule(FLOOR, view_func=one_select)


def _feed_address(app: Flask) -> str:
    with app.app_context():
        booker = db.session.get_one(User, 1)
        _, token = create_feed(
            actor=booker, scope=FeedScope.EQUIPMENT, scope_id=1, detail=FeedDetail.FULL, language="en"
        )
    return f"/calendars/{token}.ics"


def _free_slots() -> Iterator[dict[str, Any]]:
    """Half hours in the coming two weeks that the history leaves free, each once."""
    for day in (1, 2, 3, 4, 7, 8, 9, 10, 11):
        for slot in range(4):
            start = SATURDAY + timedelta(days=day, hours=8, minutes=30 * slot)
            if start < NOW + timedelta(hours=5):
                continue
            for equipment_id in range(1, BUSY + 1):
                yield {
                    "equipment": [{"id": equipment_id, "quantity": 1}],
                    "starts_at": start.isoformat(),
                    "ends_at": (start + timedelta(minutes=30)).isoformat(),
                    "purpose": "Bench",
                    "mode": "self",
                }


def _free_series() -> Iterator[dict[str, Any]]:
    """Half hours that are free every week from this one on, on several equipment at once, each once."""
    for day in range(2, 5):
        for slot in (*range(4, 8), *range(12, 20)):
            start = SATURDAY + timedelta(days=day, minutes=30 * slot)
            for first in range(1, BUSY - TOGETHER + 1, TOGETHER):
                yield {
                    "equipment": [{"id": id_, "quantity": 1} for id_ in range(first, first + TOGETHER)],
                    "starts_at": start.isoformat(),
                    "ends_at": (start + timedelta(minutes=30)).isoformat(),
                    "purpose": "Bench",
                    "mode": "self",
                    "recurrence": {"rrule": f"FREQ=WEEKLY;COUNT={WEEKS}"},
                }
