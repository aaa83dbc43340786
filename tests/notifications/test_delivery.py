"""The outbox against a real mail server: what is promised is "at least once, or visibly failed"."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text, update

from app.core.clock import real_now
from app.core.db import in_unit_of_work, unit_of_work
from app.extensions import db
from app.notifications import transports
from app.notifications.jobs import deliver_mail
from app.notifications.models import Mail, MailState
from app.notifications.rules.backoff import LAST_TRY
from app.notifications.services.deliver import LEASE, give_up, mark_sent, put_back, take_mail
from tests.databases import both_databases
from tests.notifications.people import mails, queued
from tests.notifications.postoffice import PostOffice, kill, open_office, tarpit

SENDER_PROGRAM = """
from app import create_app
from app.notifications.jobs import deliver_mail
app = create_app()
with app.app_context():
    deliver_mail()
"""


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    """A mail server that the application sends to."""
    with open_office() as office:
        app.config["MAIL_URL"] = office.url
        yield office


@unit_of_work
def time_passes(by: timedelta) -> None:
    """The (real) waiting of every mail is over that much earlier."""
    for mail in db.session.query(Mail):
        mail.due_at -= by
        mail.lease_until = mail.lease_until and mail.lease_until - by


@unit_of_work
def change(**values: object) -> None:
    db.session.execute(update(Mail).values(**values))


@both_databases
def test_what_is_queued_arrives_once(app: Flask, office: PostOffice) -> None:
    queued(3)
    assert deliver_mail() == 3
    assert deliver_mail() == 0
    assert [message["To"] for message in office.arrived] == [
        f"Visitor <visitor-{n}@example.com>" for n in range(3)
    ]
    assert office.ids == [mail.message_id for mail in mails()]
    assert {(mail.state, mail.attempts, mail.lease_until) for mail in mails()} == {(MailState.SENT, 1, None)}


def test_the_talk_with_the_server_holds_no_transaction(app: Flask, office: PostOffice) -> None:
    """Otherwise a slow mail server would stop every booking."""
    queued()
    seen: list[bool] = []

    def answer(message: EmailMessage) -> str:
        with db.engine.connect() as other:
            other.execute(text("SELECT 1"))
            raw = other.connection.dbapi_connection
            assert raw is not None
            raw.execute("PRAGMA busy_timeout = 0")
            raw.rollback()
            raw.execute("BEGIN IMMEDIATE")  # fails at once if anybody else is writing
            raw.rollback()
        seen.append(in_unit_of_work())
        return "250 OK"

    office.answer = lambda message: in_context(app, answer, message)
    assert deliver_mail() == 1
    assert seen == [False]


def in_context(app: Flask, answer: object, message: EmailMessage) -> str:
    with app.app_context():
        return answer(message)  # type: ignore[operator, no-any-return]


def test_an_address_that_does_not_exist_fails_at_once_and_alone(app: Flask, office: PostOffice) -> None:
    queued(3)
    office.unknown = {"visitor-1@example.com"}
    assert deliver_mail() == 2
    assert [mail.state for mail in mails()] == [MailState.SENT, MailState.FAILED, MailState.SENT]
    assert mails()[1].last_error == "550 No such user"


def test_a_mail_deferred_is_tried_again_later(app: Flask, office: PostOffice) -> None:
    queued(2)
    office.answer = lambda message: "451 Greylisted" if "visitor-0" in message["To"] else "250 OK"
    assert deliver_mail() == 1
    first, second = mails()
    assert (first.state, first.last_error) == (MailState.QUEUED, "451 Greylisted")
    assert timedelta(seconds=50) < first.due_at - real_now() <= timedelta(minutes=1)
    assert second.state is MailState.SENT
    office.answer = lambda message: "250 OK"
    assert deliver_mail() == 0
    time_passes(timedelta(minutes=1))
    assert deliver_mail() == 1
    assert office.ids == [first.message_id, second.message_id, first.message_id]


def test_an_answer_that_never_came_costs_at_most_a_second_copy(app: Flask, office: PostOffice) -> None:
    queued()
    office.answer = lambda message: ""
    assert deliver_mail() == 0
    office.answer = lambda message: "250 OK"
    time_passes(timedelta(minutes=1))
    assert deliver_mail() == 1
    assert office.ids == [mails()[0].message_id] * 2


def test_a_server_that_is_away_loses_nothing(app: Flask) -> None:
    app.config["MAIL_URL"] = "smtp://127.0.0.1:1"
    queued(3)
    for _ in range(4):
        assert deliver_mail() == 0
    assert {mail.state for mail in mails()} == {MailState.QUEUED}
    assert [mail.attempts for mail in mails()] == [1, 1, 1]  # one mail a run asks whether it is back
    with open_office() as office:
        app.config["MAIL_URL"] = office.url
        time_passes(timedelta(hours=1))
        assert deliver_mail() == 3
        assert Counter(office.ids) == Counter({mail.message_id: 1 for mail in mails()})


def test_a_server_that_hangs_is_left_after_a_while(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transports, "STEP_SECONDS", 0.2)
    queued(2)
    with tarpit() as url:
        app.config["MAIL_URL"] = url
        assert deliver_mail() == 0
    assert [(mail.state, mail.attempts) for mail in mails()] == [(MailState.QUEUED, 1), (MailState.QUEUED, 0)]
    assert "timed out" in (mails()[0].last_error or "").lower()


def test_the_steps_of_a_conversation_fit_into_the_lease() -> None:
    """Else a slow sender would be overtaken while it still sends."""
    assert timedelta(seconds=12 * transports.STEP_SECONDS) < LEASE


def test_after_the_last_try_it_is_given_up_and_seen(app: Flask, office: PostOffice) -> None:
    queued()
    change(attempts=LAST_TRY - 1)
    office.answer = lambda message: "451 Later"
    deliver_mail()
    assert [(mail.state, mail.last_error) for mail in mails()] == [(MailState.FAILED, "451 Later")]


def test_one_broken_mail_does_not_keep_the_others(
    app: Flask, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    first, _ = queued(2)
    change(address="visitor-1@example.com")
    db.session.rollback()
    broken = db.session.get_one(Mail, first.id)
    broken.address = "no address at all"
    db.session.commit()
    assert deliver_mail() == 1
    assert [mail.state for mail in mails()] == [MailState.QUEUED, MailState.SENT]
    assert "could not be sent" in caplog.text


@both_databases
def test_two_senders_never_hold_one_mail(app: Flask) -> None:
    queued(2)
    first, second = take_mail(), take_mail()
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert take_mail() is None


def test_a_mail_dropped_by_a_dead_sender_is_taken_up_again(app: Flask) -> None:
    queued()
    assert take_mail() is not None
    time_passes(LEASE - timedelta(seconds=5))
    assert take_mail() is None
    time_passes(timedelta(seconds=5))
    again = take_mail()
    assert again is not None
    assert again.attempts == 2


def test_a_sender_that_was_overtaken_changes_nothing_but_a_success(app: Flask) -> None:
    queued()
    slow = take_mail()
    time_passes(LEASE)
    quick = take_mail()
    assert slow is not None
    assert quick is not None
    put_back(mail_id=slow.id, attempt=1, error="late")
    give_up(mail_id=slow.id, attempt=1, error="late")
    assert mails()[0].state is MailState.SENDING
    mark_sent(mail_id=slow.id)
    give_up(mail_id=slow.id, attempt=2, error="lost the race")
    assert mails()[0].state is MailState.SENT


@pytest.mark.parametrize("code", ["250 OK", "550 No"])
def test_a_secret_link_is_wiped_once_the_mail_has_left_or_failed(
    app: Flask, office: PostOffice, code: str
) -> None:
    queued(is_secret=True)
    office.answer = lambda message: code
    deliver_mail()
    assert "A text" in office.arrived[0].as_string()
    assert [(mail.text, mail.html) for mail in mails()] == [("", None)]


def test_killed_between_sending_and_marking(app: Flask, database_url: str, office: PostOffice) -> None:
    """The server has the mail, the sender dies before it can write that down: nothing is lost, and each
    death costs at most one second copy, with the same Message-ID."""
    queued(12)
    deaths = 0
    sender: subprocess.Popen[bytes] | None = None

    def answer(message: EmailMessage) -> str:
        nonlocal deaths
        if len(office.arrived) % 4 == 0 and deaths < 3:
            deaths += 1
            assert sender is not None
            kill(sender.pid)
        return "250 OK"

    office.answer = answer
    while any(mail.state is not MailState.SENT for mail in mails()):
        sender = subprocess.Popen(
            [sys.executable, "-c", SENDER_PROGRAM], env=environment(database_url, office)
        )
        sender.wait(timeout=60)
        time_passes(LEASE)
    assert deaths == 3
    copies = Counter(office.ids)
    assert set(copies) == {mail.message_id for mail in mails()}
    assert sum(copies.values()) - len(copies) <= deaths


def environment(database_url: str, office: PostOffice) -> dict[str, str]:
    return {
        "PATH": "",
        "DATABASE_URL": database_url,
        "MAIL_URL": office.url,
        "KARGAH_ENV": "testing",
        "SECRET_KEY": "tests only, and long enough to be taken",
    }


def test_mail_to_files_is_one_file_a_mail_and_the_same_when_sent_again(app: Flask, tmp_path: Path) -> None:
    app.config["MAIL_URL"] = f"file://{tmp_path / 'out'}"
    queued(2)
    assert deliver_mail() == 2
    change(state=MailState.QUEUED)
    assert deliver_mail() == 2
    files = sorted((tmp_path / "out").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    messages = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    assert {message["Message-ID"] for message in messages} == {mail.message_id for mail in mails()}
