from email import message_from_bytes
from email.policy import default

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from app.core.text import isolated
from app.notifications.letters import write_letter
from app.notifications.mime import compose
from app.notifications.services.write import queue_mail
from tests.notifications.people import LETTER, mails, recipient

SENDER = "Kargah <kargah@example.edu>"


@pytest.fixture
def templates(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "news/mail/ready.subject.txt": "{{ thing|isolate }}\n is ready\n",
        "news/mail/ready.txt": '{% extends "notifications/mail/letter.txt" %}'
        "{% block body %}{{ thing|isolate }} is <ready>.\n\n\n\n  See\n"
        "{{ public_address('/x?a=1&b=2') }}\n{% endblock %}",
    }
    loaders = [DictLoader(texts), app.jinja_env.loader]
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader(loaders))  # type: ignore[arg-type]


def test_a_letter_is_tidy_and_isolates_what_it_is_given(app: Flask, templates: None) -> None:
    letter = write_letter("news/mail/ready", recipient(name="سارا"), thing="L 9/11 (3.0 kW)")
    thing = isolated("L 9/11 (3.0 kW)")
    assert letter.subject == f"{thing} is ready"
    assert letter.text == (
        f"Hello {isolated('سارا')},\n\n{thing} is <ready>.\n\n"
        "See\nhttp://127.0.0.1:5000/x?a=1&b=2\n\nKargah: lab and workshop sharing\nhttp://127.0.0.1:5000/\n"
    )


def test_its_html_says_the_same_and_nothing_in_it_is_markup(app: Flask, templates: None) -> None:
    letter = write_letter("news/mail/ready", recipient(language="fa"), thing='"><script>')
    assert '<html lang="fa" dir="rtl">' in letter.html
    assert "&#34;&gt;&lt;script&gt;" in letter.html
    assert "<script" not in letter.html
    address = "http://127.0.0.1:5000/x?a=1&amp;b=2"
    assert f'<a href="{address}" dir="ltr">{address}</a>' in letter.html


def test_a_letter_without_a_name_greets_all_the_same(app: Flask, templates: None) -> None:
    assert write_letter("news/mail/ready", recipient(name=""), thing="x").text.startswith("Hello,\n")


@pytest.mark.parametrize(
    "name",
    [
        "Eve\r\nBcc: victim@example.com",
        'Bank" <bank@example.com>, "x',
        "Bank <bank@example.com>",
        "سارا\u202eمحمدی",
    ],
)
def test_no_name_makes_a_second_recipient_or_header(app: Flask, name: str) -> None:
    queue_mail(to=recipient(name=name), letter=LETTER, dedup="x")
    [mail] = mails()
    mail.subject = mail.subject + name.replace("\r\n", " ")
    message = message_from_bytes(compose(mail, SENDER).as_bytes(), policy=default)
    assert [address.addr_spec for address in message["To"].addresses] == ["visitor@example.com"]
    assert message["Bcc"] is None
    assert message.get_all("Subject") == [mail.subject]
    assert "\u202e" not in str(message["To"])


def test_a_subject_with_a_line_break_is_one_line(app: Flask) -> None:
    letter = type(LETTER)(subject="Hello\r\nBcc: victim@example.com", text="x", html="x")
    queue_mail(to=recipient(), letter=letter, dedup="x")
    message = compose(mails()[0], SENDER)
    assert message["Subject"] == "Hello Bcc: victim@example.com"
    assert message["Bcc"] is None


def test_the_message_is_the_same_each_time_it_is_made(app: Flask) -> None:
    queue_mail(to=recipient(), letter=LETTER, dedup="x")
    [mail] = mails()
    one, other = compose(mail, SENDER), compose(mail, SENDER)
    assert one["Message-ID"] == other["Message-ID"] == mail.message_id
    assert one["Date"] == other["Date"]
    assert one["Auto-Submitted"] == "auto-generated"
    body = one.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["A text"]
