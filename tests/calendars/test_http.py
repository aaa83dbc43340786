"""How a feed behaves towards the programs that fetch it."""

import gzip
import logging
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise, product
from unittest.mock import Mock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking
from app.booking.services.move import move_booking
from app.calendars.models import Feed, FeedDetail, FeedScope
from app.calendars.views import feeds
from app.core import clock
from app.core.errors import Busy
from app.extensions import db
from app.inventory.services.equipment import change_equipment
from app.inventory.services.places import change_lab
from tests.booking.making import ask
from tests.calendars.making import address, only_event
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.occupancy.making import span
from tests.statements import statements

PUBLIC = "/labs/materials/calendar.ics"


def tag(client: FlaskClient, path: str) -> str:
    return client.get(path).headers["ETag"]


@pytest.mark.parametrize("private", [True, False])
def test_headers(cast: Cast, client: FlaskClient, private: bool) -> None:
    answer = client.get(address(cast.booker) if private else PUBLIC)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="kargah.ics"'
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Set-Cookie" not in answer.headers
    assert "Last-Modified" in answer.headers
    assert not answer.headers["ETag"].startswith("W/")


@both_databases
def test_an_unchanged_feed_is_answered_without_reading_a_booking(cast: Cast, client: FlaskClient) -> None:
    ask(cast.booker, cast.raman)
    for about in (FeedScope.MINE, cast.raman, cast.raman.units[0], cast.materials, cast.arta):
        path = address(cast.booker, about)
        known = tag(client, path)
        with statements() as asked:
            answer = client.get(path, headers={"If-None-Match": known})
        asked = [one for one in asked if one != "BEGIN"]

        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == known
        assert len(asked) <= 5, asked
        assert not any(table in one for one in asked for table in ("occurrence", "booking", "claim"))


@both_databases
def test_what_changes_a_calendar_changes_its_tag(cast: Cast, client: FlaskClient) -> None:
    abouts = (FeedScope.MINE, cast.raman, cast.raman.units[0], cast.materials, cast.arta)
    paths = [PUBLIC, address(cast.manager, FeedScope.APPROVALS), *(address(cast.booker, a) for a in abouts)]

    def tags() -> list[str]:
        return [tag(client, path) for path in paths]

    seen = [tags()]
    booking = ask(cast.booker, cast.raman)
    seen.append(tags())
    approve_booking(actor=cast.manager, reference=booking.reference)
    seen.append(tags())
    move_booking(actor=cast.manager, reference=booking.reference, span=span(4, 2))
    seen.append(tags())
    cancel_booking(actor=cast.booker, reference=booking.reference)
    seen.append(tags())

    for before, after in pairwise(seen):
        assert not set(before) & set(after)


@both_databases
def test_what_does_not_concern_it_does_not(cast: Cast, client: FlaskClient) -> None:
    ask(cast.booker, cast.raman)
    paths = [
        PUBLIC,
        address(cast.booker),
        address(cast.booker, cast.raman),
        address(cast.booker, cast.materials),
        address(cast.booker, cast.arta),
        address(cast.manager, FeedScope.APPROVALS),
    ]
    before = [tag(client, path) for path in paths]
    ask(cast.rival, cast.oscilloscope)

    assert [tag(client, path) for path in paths] == before
    ask(cast.rival, cast.stations)  # another thing of the same lab
    after = [tag(client, path) for path in paths]
    same = [was == is_ for was, is_ in zip(before, after, strict=True)]
    assert same == [False, True, True, False, True, False]


def test_a_new_name_changes_the_tag_and_the_text_everywhere(cast: Cast, client: FlaskClient) -> None:
    ask(cast.booker, cast.stations, cast.oscilloscope)
    # The oscilloscope of the other lab stands in the title, and that lab in the place, of each of these.
    abouts = (FeedScope.MINE, cast.stations, cast.materials, cast.arta)
    paths = [address(cast.booker, about) for about in abouts]
    before = [tag(client, path) for path in paths]

    change_equipment(actor=cast.admin, equipment_id=cast.oscilloscope.id, name="Scope")
    renamed = [tag(client, path) for path in paths]
    assert not set(before) & set(renamed)
    assert all("Scope" in only_event(client, path)["SUMMARY"] for path in paths)

    change_lab(actor=cast.admin, lab_id=cast.electronics.id, name="Circuits")
    assert not set(renamed) & {tag(client, path) for path in paths}
    assert all("Circuits" in only_event(client, path)["LOCATION"] for path in paths)


def test_the_tag_tells_feeds_details_languages_addresses_and_days_apart(
    cast: Cast, client: FlaskClient
) -> None:
    first = address(cast.booker)
    tags = [
        tag(client, first),
        tag(client, address(cast.booker)),
        tag(client, address(cast.booker, detail=FeedDetail.TITLE)),
        tag(client, address(cast.booker, language="fa")),
        tag(client, PUBLIC),
        tag(client, f"{PUBLIC}?lang=fa"),
    ]
    with clock.frozen(NOW + timedelta(hours=17, minutes=29)):
        assert tag(client, first) == tags[0]
    with clock.frozen(NOW + timedelta(hours=17, minutes=30)):  # midnight, UTC
        tags.append(tag(client, first))
    client.application.config["PUBLIC_URL"] = "https://labs.example.org"
    tags.append(tag(client, first))

    assert len(set(tags)) == len(tags)


def test_two_fetches_are_equal_octets(cast: Cast, client: FlaskClient) -> None:
    ask(cast.booker, cast.raman)
    path = address(cast.booker)
    first = client.get(path)
    with clock.frozen(NOW + timedelta(hours=3)):
        second = client.get(path)

    assert (first.data, first.headers["ETag"]) == (second.data, second.headers["ETag"])


def test_a_tag_given_with_gzip_comes_back(cast: Cast, client: FlaskClient) -> None:
    path = address(cast.booker)
    squeezed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(squeezed.data) == client.get(path).data

    known = squeezed.headers["ETag"]
    for back in (known, f"W/{known}"):
        assert client.get(path, headers={"If-None-Match": back}).status_code == 304


def test_head_is_get_without_the_body(cast: Cast, client: FlaskClient) -> None:
    path = address(cast.booker)
    whole, head = client.get(path), client.head(path)

    assert (head.status_code, head.data) == (200, b"")
    names = ("ETag", "Content-Type", "Content-Length", "Last-Modified", "Cache-Control")
    assert [head.headers[name] for name in names] == [whole.headers[name] for name in names]


def test_other_methods_are_refused_cleanly(cast: Cast, program: FlaskClient) -> None:
    methods = ("PROPFIND", "OPTIONS", "REPORT", "POST", "PUT", "DELETE")
    for path, method in product((address(cast.booker), PUBLIC), methods):
        answer = program.open(path, method=method)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_whatever_a_program_sends_it_gets_the_same(cast: Cast, client: FlaskClient) -> None:
    ask(cast.booker, cast.raman)
    path = address(cast.booker)
    plain = client.get(path).data

    for headers in (
        {"Accept": "text/calendar"},
        {"Accept": "text/html"},
        {"Authorization": "Bearer x"},
        {"Cookie": "session=x"},
        {"User-Agent": "Google-Calendar-Importer", "Host": "evil.example"},
    ):
        assert client.get(path, headers=headers).data == plain


def test_a_failure_is_503_and_never_an_empty_calendar(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = address(cast.booker)
    for error in (Busy(), RuntimeError("no connection")):
        monkeypatch.setattr(feeds, "list_feed_entries", Mock(side_effect=error))
        answer = client.get(path)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "VCALENDAR" not in answer.text


def test_the_secret_is_in_no_log(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = address(cast.booker)
    monkeypatch.setattr(feeds, "get_subject", lambda *_: 1 / 0)
    with caplog.at_level(logging.DEBUG):
        client.get(path)
        client.get(path.replace(".ics", "x.ics"))

    assert "A calendar could not be written" in caplog.text
    assert path.split("/")[2].removesuffix(".ics") not in caplog.text


def test_use_is_remembered_to_the_hour(cast: Cast, client: FlaskClient) -> None:
    path = address(cast.booker)
    hour = NOW.replace(minute=0)

    def used() -> object:
        return db.session.scalar(select(Feed.last_used_at))

    assert used() is None
    with clock.frozen(hour + timedelta(minutes=5)):
        known = tag(client, path)
        assert used() == hour
    with clock.frozen(hour + timedelta(minutes=59)), statements() as asked:
        client.get(path)
        assert not any(one.startswith("UPDATE") for one in asked)
    with clock.frozen(hour + timedelta(minutes=61)):
        assert client.get(path, headers={"If-None-Match": known}).status_code == 304
        assert used() == hour + timedelta(hours=1)


def test_a_loop_gone_wild_is_told_to_wait_and_others_are_not(
    make_app: Callable[..., Flask], cast: Cast
) -> None:
    client = make_app().test_client()
    wild, calm = address(cast.booker), address(cast.boss)
    answers = [client.get(wild).status_code for _ in range(125)]

    assert answers[:120] == [200] * 120
    assert answers[-1] == 429
    assert client.get(calm).status_code == 200
