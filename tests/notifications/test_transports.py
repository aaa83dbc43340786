from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.notifications.transports import FileTransport, SmtpTransport, Unreachable, open_transport
from tests.notifications.postoffice import free_port


def test_what_a_mail_address_says() -> None:
    assert open_transport("smtp://mail.example.edu") == SmtpTransport("mail.example.edu", 25)
    assert open_transport("smtps://mail.example.edu") == SmtpTransport(
        "mail.example.edu", 465, tls_at_once=True
    )
    assert open_transport("smtp://kar%40gah:p%3Ass@mail.example.edu:587?tls=off") == SmtpTransport(
        "mail.example.edu", 587, "kar@gah", "p:ss", may_stay_clear=True
    )
    assert open_transport("smtp://u:p@127.0.0.1:2525") == SmtpTransport(
        "127.0.0.1", 2525, "u", "p", may_stay_clear=True
    )
    assert open_transport("file:///var/mail%20out") == FileTransport(Path("/var/mail out"))


@pytest.mark.parametrize(
    "wrong",
    ["", "mail.example.edu", "imap://mail.example.edu", "smtp://", "file://relative", "smtp://h?tls=maybe"],
)
def test_a_mail_address_that_means_nothing_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL"):
        open_transport(wrong)


class Keeper:
    """A server that wants a name and a password, and remembers which it was given."""

    def __init__(self) -> None:
        self.given: list[LoginPassword] = []

    def __call__(
        self, server: object, session: object, envelope: object, mechanism: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.given.append(data)
        return AuthResult(success=data.password == b"right", handled=False)


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def port(keeper: Keeper) -> Iterator[int]:
    number = free_port()
    controller = Controller(
        object(), hostname="127.0.0.1", port=number, authenticator=keeper, auth_require_tls=False
    )
    controller.start()
    yield number
    controller.stop()


def message() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.edu", "b@example.com", "x"
    message.set_content("x")
    return message


def test_a_password_is_given_where_it_stays_on_this_machine(port: int, keeper: Keeper) -> None:
    with open_transport(f"smtp://kargah:right@127.0.0.1:{port}") as transport:
        transport.send(message())
    assert [login.password for login in keeper.given] == [b"right"]


def test_a_password_is_kept_back_from_a_clear_line(port: int, keeper: Keeper) -> None:
    clear = SmtpTransport("127.0.0.1", port, "kargah", "right")
    with pytest.raises(Unreachable, match="kept back"), clear:
        clear.send(message())
    assert keeper.given == []


def test_a_wrong_password_closes_the_way_and_costs_no_mail(port: int) -> None:
    with (
        pytest.raises(Unreachable, match="Authentication"),
        open_transport(f"smtp://kargah:wrong@127.0.0.1:{port}") as transport,
    ):
        transport.send(message())
