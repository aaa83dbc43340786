"""No token in any log."""

import logging
from urllib.parse import quote

import pytest

from app.core.tokens import new_token, token_hash
from app.web.logs import hide_tokens, scrub


@pytest.mark.parametrize("logger", ["werkzeug", "gunicorn.access", "gunicorn.error", "app"])
def test_what_servers_log_has_no_token(logger: str, caplog: pytest.LogCaptureFixture) -> None:
    hide_tokens()
    token = new_token()

    with caplog.at_level(logging.INFO, logger):
        log = logging.getLogger(logger)
        log.info('%s "%s" %s', "127.0.0.1", f"GET /calendars/{token}.ics HTTP/1.1", 200)
        log.info('"%(r)s" %(s)s', {"r": f"GET //calendars%2F{token}.ics?x=1 HTTP/1.1", "s": "304"})
        log.info("https://lab.example/calendars/%s.ics", token)

    assert token not in caplog.text
    assert "GET /calendars/***.ics HTTP/1.1" in caplog.text
    assert "304" in caplog.text


def test_the_filter_is_there_once_however_often_it_is_asked_for() -> None:
    for _ in range(3):
        hide_tokens()
    assert len(logging.getLogger("gunicorn.access").filters) == 1


def test_other_messages_stay_as_they_are() -> None:
    for text in (
        "GET /bookings/KG-7F3KQ2 200",
        "x" * 44,
        token_hash("t"),
        quote("آزمایشگاه" * 3),
        "50% of %s",
    ):
        assert scrub(text) == text
