"""Where mail leaves: a mail server, or a directory with one file a mail. Chosen by MAIL_URL.

smtp://user:password@host:port    TLS by STARTTLS where the server offers it
smtps://user:password@host:port   TLS from the first byte
file:///directory                 one .eml a mail (development)

A password never crosses a network in the clear, except to this machine itself or where the address
ends in ?tls=off.
"""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import parse_qs, unquote, urlsplit

STEP_SECONDS = 20
"""How long each step of the conversation may take; some eight of them fit into a sender's lease."""

PORTS = {"smtp": 25, "smtps": 465}
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class Unreachable(Exception):
    """The way out is closed: other mail would fare no better now."""


class Deferred(Exception):
    """Not this mail, not now; it may be taken later."""


class Refused(Exception):
    """This mail is refused for good: its address does not exist, or its content is not taken."""


class Transport(Protocol):
    """Takes finished messages. Raises Unreachable, Deferred or Refused."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def send(self, message: EmailMessage) -> None: ...


@dataclass(frozen=True)
class FileTransport:
    """Writes each mail to a file. The same mail sent twice is the same file."""

    directory: Path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def send(self, message: EmailMessage) -> None:
        written_at = parsedate_to_datetime(message["Date"])
        name = f"{written_at:%Y%m%dT%H%M%S}-{message['Message-ID'].strip('<>').partition('@')[0]}.eml"
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            draft = self.directory / f".{name}"
            draft.write_bytes(message.as_bytes())
            draft.replace(self.directory / name)  # whoever lists the directory sees whole mails only
        except OSError as error:
            raise Unreachable(str(error)) from error


@dataclass
class SmtpTransport:
    """Talks to a mail server; one connection, opened by the first mail, serves a whole run."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    tls_at_once: bool = False
    may_stay_clear: bool = False
    """Whether a password may be given without TLS."""
    _server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self._server = None

    def send(self, message: EmailMessage) -> None:
        if self._server is None:
            self._server = self._connect()
        try:
            self._server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _verdict(*next(iter(error.recipients.values()))) from error
        except smtplib.SMTPDataError as error:
            raise _verdict(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            # Also a refused sender: that is our setting, not this mail's fault.
            raise Unreachable(_words(error)) from error

    def _connect(self) -> smtplib.SMTP:
        try:
            return self._greet()
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(_words(error)) from error

    def _greet(self) -> smtplib.SMTP:
        if self.tls_at_once:
            context = ssl.create_default_context()
            return self._introduced(
                smtplib.SMTP_SSL(self.host, self.port, timeout=STEP_SECONDS, context=context)
            )
        return self._introduced(smtplib.SMTP(self.host, self.port, timeout=STEP_SECONDS))

    def _introduced(self, server: smtplib.SMTP) -> smtplib.SMTP:
        try:
            server.ehlo()
            self._identify(server, is_private=self.tls_at_once or self._goes_private(server))
        except BaseException:
            server.close()
            raise
        return server

    def _goes_private(self, server: smtplib.SMTP) -> bool:
        if self.may_stay_clear or not server.has_extn("starttls"):
            return False
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
        return True

    def _identify(self, server: smtplib.SMTP, *, is_private: bool) -> None:
        if self.user is None:
            return
        if not (is_private or self.may_stay_clear):
            raise smtplib.SMTPNotSupportedError("no TLS offered, so the password is kept back")
        server.login(self.user, self.password or "")


def open_transport(mail_url: str) -> Transport:
    """The transport that MAIL_URL names; nothing is connected yet. Raises ValueError."""
    parts = urlsplit(mail_url)
    if parts.scheme == "file":
        if not parts.path.startswith("/"):
            raise ValueError("MAIL_URL: file:// needs an absolute directory, as file:///var/mail")
        return FileTransport(Path(unquote(parts.path)))
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("MAIL_URL: expected smtp://host, smtps://host or file:///directory")
    tls = parse_qs(parts.query).get("tls", ["auto"])[-1]
    if tls not in ("auto", "off"):
        raise ValueError("MAIL_URL: tls can only be switched off, as smtp://host?tls=off")
    return SmtpTransport(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls_at_once=parts.scheme == "smtps",
        may_stay_clear=tls == "off" or parts.hostname in THIS_MACHINE,
    )


def _verdict(code: int, answer: bytes | str) -> Exception:
    words = f"{code} {answer.decode('utf-8', 'replace') if isinstance(answer, bytes) else answer}"
    return Refused(words) if 500 <= code < 600 else Deferred(words)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
