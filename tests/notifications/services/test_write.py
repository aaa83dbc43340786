import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import unit_of_work
from app.extensions import db
from app.notifications.models import MailState, Notice
from app.notifications.services.write import post_notice, queue_mail
from tests.cast import Cast
from tests.databases import both_databases
from tests.notifications.people import LETTER, mails, recipient


def notices() -> list[Notice]:
    return list(db.session.query(Notice))


@both_databases
def test_a_notice_told_twice_is_one(app: Flask, cast: Cast) -> None:
    for _ in range(2):
        post_notice(
            to=recipient(cast.booker), text="Approved", path="/bookings/KG-1", dedup="booking:1:approved"
        )
    post_notice(to=recipient(cast.boss), text="Approved", path="/bookings/KG-1", dedup="booking:1:approved")
    assert [(n.user_id, n.text, n.path, n.read_at) for n in notices()] == [
        (cast.booker.id, "Approved", "/bookings/KG-1", None),
        (cast.boss.id, "Approved", "/bookings/KG-1", None),
    ]


def test_a_notice_leads_to_our_own_pages_only(app: Flask, cast: Cast) -> None:
    for path in ("https://evil.example", "//evil.example", "bookings"):
        with pytest.raises(ValueError, match="a page of ours"):
            post_notice(to=recipient(cast.booker), text="x", path=path, dedup="x")


def test_a_notice_needs_an_account(app: Flask) -> None:
    with pytest.raises(ValueError, match="account"):
        post_notice(to=recipient(), text="x", path="/", dedup="x")


@both_databases
def test_a_mail_is_queued_once_for_each_person_and_event(app: Flask, cast: Cast) -> None:
    for person in (
        recipient(cast.booker),
        recipient(cast.booker),
        recipient(cast.boss),
        recipient(),
        recipient(),
    ):
        queue_mail(to=person, letter=LETTER, dedup="booking:1:approved")
    queue_mail(to=recipient(cast.booker), letter=LETTER, dedup="booking:1:cancelled")
    assert [mail.address for mail in mails()] == [
        cast.booker.email,
        cast.boss.email,
        "visitor@example.com",
        cast.booker.email,
    ]
    first = mails()[0]
    assert (first.state, first.created_at, first.attempts) == (MailState.QUEUED, now(), 0)
    assert len({mail.message_id for mail in mails()}) == 4


def test_a_mail_belongs_to_the_transaction_it_tells_of(app: Flask) -> None:
    @unit_of_work
    def fail() -> None:
        queue_mail(to=recipient(), letter=LETTER, dedup="x")
        raise RuntimeError("and then it went wrong")

    with pytest.raises(RuntimeError):
        fail()
    assert mails() == []
