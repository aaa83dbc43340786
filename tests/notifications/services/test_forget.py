"""Nothing that people were told is kept for ever."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.db import unit_of_work
from app.extensions import db
from app.notifications.models import Mail, MailState, Notice
from app.notifications.services.forget import KEPT_MAIL, KEPT_NOTICES, KEPT_WIPED, forget_old_news
from tests.cast import NOW, Cast
from tests.databases import both_databases

MOMENT = timedelta(seconds=1)


@unit_of_work
def mail(state: MailState, *, is_secret: bool = False) -> None:
    db.session.add(
        Mail(
            dedup="x", address="x@example.com", recipient_name="", language="en", subject="", text="",
            is_secret=is_secret, message_id="<x@example.com>", state=state, created_at=NOW, due_at=NOW,
            sent_at=NOW if state is MailState.SENT else None,
        )
    )  # fmt: skip


def forgotten(after: timedelta) -> int:
    with clock.frozen(NOW + after):
        return forget_old_news()


@both_databases
@pytest.mark.parametrize(
    ("state", "is_secret", "kept"),
    [
        (MailState.SENT, False, KEPT_MAIL),
        (MailState.SENT, True, KEPT_MAIL),
        (MailState.FAILED, False, KEPT_MAIL),
        (MailState.FAILED, True, KEPT_WIPED),
    ],
)
def test_mail_that_is_over_is_kept_for_a_while(
    app: Flask, cast: Cast, state: MailState, is_secret: bool, kept: timedelta
) -> None:
    mail(state, is_secret=is_secret)
    assert forgotten(kept) == 0
    assert forgotten(kept + MOMENT) == 1


def test_mail_that_waits_is_kept(app: Flask, cast: Cast) -> None:
    mail(MailState.QUEUED, is_secret=True)
    assert forgotten(timedelta(days=4000)) == 0


@pytest.mark.parametrize("read_at", [None, NOW + KEPT_NOTICES])
def test_notices_are_kept_for_a_while_read_or_not(app: Flask, cast: Cast, read_at: object) -> None:
    db.session.add(
        Notice(user_id=cast.booker.id, dedup="x", text="x", path="/", created_at=NOW, read_at=read_at)
    )
    db.session.commit()
    assert forgotten(KEPT_NOTICES) == 0
    assert forgotten(KEPT_NOTICES + MOMENT) == 1
