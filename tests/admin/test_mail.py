from flask import Flask

from app.notifications.jobs import deliver_mail
from app.notifications.models import MailState
from tests.cast import Cast
from tests.notifications.people import mails, queued
from tests.notifications.postoffice import open_office
from tests.visitor import Visitor


def test_an_admin_sees_what_nobody_took_and_tries_again(app: Flask, client: Visitor, cast: Cast) -> None:
    queued(2)
    with open_office() as office:
        app.config["MAIL_URL"] = office.url
        office.unknown = {"visitor-0@example.com"}
        deliver_mail()
        client.sign_in(cast.admin)
        page = client.page("/admin/mail")
        assert "visitor-0@example.com" in page.text
        assert "550 No such user" in page.text
        assert "visitor-1@example.com" not in page.text
        client.submit("/admin/mail", form=f"/admin/mail/{mails()[0].id}/retry")
        office.unknown = set()
        assert deliver_mail() == 1
    assert {mail.state for mail in mails()} == {MailState.SENT}
    assert "All mail was taken" in client.page("/admin/mail").text


def test_what_was_not_given_up_is_not_retried(app: Flask, client: Visitor, cast: Cast) -> None:
    [mail] = queued()
    client.sign_in(cast.admin)
    assert client.post(f"/admin/mail/{mail.id}/retry").status_code == 409
    assert client.post("/admin/mail/999/retry").status_code == 404


def test_a_secret_link_is_not_sent_again(app: Flask, client: Visitor, cast: Cast) -> None:
    [mail] = queued(is_secret=True)
    with open_office() as office:
        app.config["MAIL_URL"] = office.url
        office.answer = lambda message: "550 No"
        deliver_mail()
    client.sign_in(cast.admin)
    assert "can ask for another" in client.page("/admin/mail").text
    assert client.post(f"/admin/mail/{mail.id}/retry").status_code == 409


def test_for_everybody_else_there_is_no_such_page(app: Flask, client: Visitor, cast: Cast) -> None:
    [mail] = queued()
    client.sign_in(cast.liaison)
    assert client.get("/admin/mail").status_code == 404
    assert client.post(f"/admin/mail/{mail.id}/retry").status_code == 404
