"""Answers that may be kept: which requests get a body, and which encoding."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.http import http_date
from werkzeug.test import TestResponse

from app.web.conditional import Version, respond

CHANGED = datetime(2026, 11, 22, 6, 30, 15, tzinfo=UTC)
BODY = "کارگاه ".encode() * 50


class Thing:
    """Something with a version; counts how often it was built."""

    def __init__(self) -> None:
        self.app = Flask(__name__)
        self.app.config["GZIP"] = True
        self.version = Version("v1", CHANGED)
        self.built = 0
        self.app.add_url_rule("/thing", view_func=self.view)

    def view(self):  # type: ignore[no-untyped-def]
        return respond(
            self.version, self.build, content_type="text/plain", headers={"X-Robots-Tag": "noindex"}
        )

    def build(self) -> bytes:
        self.built += 1
        return BODY

    def get(self, method: str = "GET", **headers: str) -> TestResponse:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.app.test_client().open("/thing", method=method, headers=names)


@pytest.fixture
def thing() -> Thing:
    return Thing()


def test_who_has_nothing_gets_it_all(thing: Thing) -> None:
    answer = thing.get()

    assert answer.status_code == 200
    assert answer.data == BODY
    assert answer.headers["ETag"] == '"v1"'
    assert answer.headers["Last-Modified"] == http_date(CHANGED)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("tag", ['"v1"', 'W/"v1"', '"other", "v1"', "*", '"v1-gzip"', 'W/"v1-gzip"'])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_who_has_this_version_gets_no_body_and_nothing_is_built(
    thing: Thing, tag: str, encoding: str
) -> None:
    answer = thing.get(If_None_Match=tag, Accept_Encoding=encoding)

    assert (answer.status_code, answer.data, thing.built) == (304, b"", 0)
    assert answer.headers["ETag"] == ('"v1-gzip"' if encoding == "gzip" else '"v1"')
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("tag", ['"v0"', '"v1-br"', 'W/"v"', "v"])
def test_another_version_is_replaced(thing: Thing, tag: str) -> None:
    assert thing.get(If_None_Match=tag).status_code == 200


def test_times_decide_when_there_is_no_tag(thing: Thing) -> None:
    before, after = http_date(CHANGED - timedelta(seconds=1)), http_date(CHANGED + timedelta(days=1))

    assert thing.get(If_Modified_Since=before).status_code == 200
    assert thing.get(If_Modified_Since=http_date(CHANGED)).status_code == 304
    assert thing.get(If_Modified_Since=after).status_code == 304
    assert thing.get(If_Modified_Since="yesterday").status_code == 200


def test_the_tag_wins_over_the_time(thing: Thing) -> None:
    later = http_date(CHANGED + timedelta(days=1))
    earlier = http_date(CHANGED - timedelta(days=1))

    assert thing.get(If_None_Match='"v0"', If_Modified_Since=later).status_code == 200
    assert thing.get(If_None_Match='"v1"', If_Modified_Since=earlier).status_code == 304


@pytest.mark.parametrize(
    ("accepts", "squeezed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("identity", False),
        ("gzip;q=0", False),
        ("br", False),
    ],
)
def test_it_is_compressed_for_those_who_ask(thing: Thing, accepts: str, squeezed: bool) -> None:
    answer = thing.get(Accept_Encoding=accepts)

    assert (answer.headers.get("Content-Encoding") == "gzip") == squeezed
    assert (gzip.decompress(answer.data) if squeezed else answer.data) == BODY
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_equal_bodies_compress_to_equal_octets(thing: Thing) -> None:
    assert thing.get(Accept_Encoding="gzip").data == thing.get(Accept_Encoding="gzip").data


def test_compression_can_be_switched_off(thing: Thing) -> None:
    thing.app.config["GZIP"] = False
    assert thing.get(Accept_Encoding="gzip").data == BODY


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_head_is_get_without_the_body(thing: Thing, encoding: str) -> None:
    whole, head = thing.get(Accept_Encoding=encoding), thing.get("HEAD", Accept_Encoding=encoding)

    assert head.data == b""
    assert dict(head.headers) == dict(whole.headers)
