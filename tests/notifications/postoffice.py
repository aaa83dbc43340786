"""A real mail server for tests, and one that answers nothing at all."""

import contextlib
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class PostOffice:
    """What arrived; `answer` decides what the server says after a mail's text ("" drops the line)."""

    arrived: list[EmailMessage] = field(default_factory=list)
    answer: Callable[[EmailMessage], str] = lambda message: "250 OK"
    unknown: set[str] = field(default_factory=set)
    """Addresses that do not exist."""
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.arrived]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = cast(EmailMessage, message_from_bytes(cast(bytes, envelope.content), policy=default))
        self.arrived.append(message)
        answer = self.answer(message)
        if not answer:
            cast(Any, server).transport.abort()
        return answer or "250 never heard"


@contextlib.contextmanager
def open_office() -> Iterator[PostOffice]:
    """The server, listening while the block lasts."""
    office = PostOffice(port=free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def tarpit() -> Iterator[str]:
    """The address of a server that takes the call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        held: list[socket.socket] = []

        def take_calls() -> None:
            with contextlib.suppress(OSError):
                while True:
                    held.append(listener.accept()[0])

        thread = threading.Thread(target=take_calls, daemon=True)
        thread.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        for call in held:
            call.close()


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
