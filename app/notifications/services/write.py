"""Writing news: rows beside the change they tell of, in its transaction."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from app.core.clock import now, real_now
from app.core.db import unit_of_work
from app.core.text import one_line
from app.core.upsert import insert_new
from app.notifications.letters import Letter
from app.notifications.models import Mail, MailState, Notice
from app.notifications.recipients import Recipient
from app.web.links import public_host


@dataclass(frozen=True)
class _Held:
    bundle: str
    due_at: datetime


_held: ContextVar[_Held | None] = ContextVar("held", default=None)


@contextmanager
def held_back(bundle: str, wait: timedelta) -> Iterator[None]:
    """What is written inside belongs together, and its mail leaves after the wait: see take_back.py."""
    token = _held.set(_Held(bundle, real_now() + wait))
    try:
        yield
    finally:
        _held.reset(token)


@unit_of_work
def post_notice(*, to: Recipient, text: str, path: str, dedup: str) -> None:
    """Put a line into the person's news, leading to `path`. Told twice under one `dedup`, it is one.

    `to` needs an account, and `text` is in that person's language already.
    """
    if to.id is None:
        raise ValueError("a notice needs somebody with an account")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"a notice leads to a page of ours, not to {path!r}")
    held = _held.get()
    insert_new(
        Notice,
        user_id=to.id,
        dedup=dedup,
        text=text,
        path=path,
        created_at=now(),
        bundle=held.bundle if held else None,
    )


@unit_of_work
def queue_mail(*, to: Recipient, letter: Letter, dedup: str, is_secret: bool = False) -> None:
    """Put a letter into the outbox; a job sends it after the commit. Queued once per person and `dedup`.

    `is_secret`: the letter holds a link that opens an account, and is wiped once it has left.
    """
    held = _held.get()
    insert_new(
        Mail,
        dedup=f"{dedup}:{_key(to)}",
        user_id=to.id,
        address=to.address,
        recipient_name=one_line(to.name),
        language=to.language,
        subject=" ".join(letter.subject.split())[:300],
        text=letter.text,
        html=letter.html,
        is_secret=is_secret,
        message_id=f"<{uuid4().hex}@{public_host()}>",
        state=MailState.QUEUED,
        created_at=now(),
        due_at=held.due_at if held else real_now(),
        bundle=held.bundle if held else None,
        attempts=0,
    )


def _key(to: Recipient) -> str:
    """The recipient in a dedup key: the account, or the address of somebody without one."""
    return str(to.id) if to.id is not None else hashlib.sha256(to.address.encode()).hexdigest()[:16]
