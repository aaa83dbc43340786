"""Answers that were given, so that the same question with the same key gets the same answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import UtcDateTime, in_unit_of_work, unit_of_work
from app.core.errors import DomainError
from app.core.event_log import LongId
from app.core.upsert import insert_new
from app.extensions import Model, db

KEPT_FOR = timedelta(hours=24)
UNANSWERED = 0
"""The status of a row whose transaction is still at work. Nobody else ever sees it."""


class IdempotentAnswer(Model):
    """What one person was answered under one key; written in the transaction it answers for."""

    __table_args__ = (UniqueConstraint("user_id", "key"), Index(None, "created_at"))

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    key: Mapped[str] = mapped_column(String(200))
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class Question:
    """Who asked, under which key, and the hash of what."""

    user_id: int
    key: str
    request_hash: str


@dataclass(frozen=True)
class Answer:
    status: int
    body: str


class KeyReused(DomainError):
    """The key came with another question before."""

    code = "idempotency-mismatch"


def answered(question: Question) -> Answer | None:
    """What was answered to this question within the last day, or None. Raises KeyReused."""
    row = db.session.execute(
        select(IdempotentAnswer.request_hash, IdempotentAnswer.status, IdempotentAnswer.body).where(
            IdempotentAnswer.user_id == question.user_id,
            IdempotentAnswer.key == question.key,
            IdempotentAnswer.created_at > now() - KEPT_FOR,
        )
    ).one_or_none()
    if row is None:
        return None
    if row.request_hash != question.request_hash:
        raise KeyReused
    return Answer(row.status, row.body)


def take_question(question: Question) -> Answer | None:
    """Be the one who answers; the answer itself when somebody else has been. Raises KeyReused.

    Of equal questions at the same time one inserts its row and the others wait for it here, so the
    work is done once. Inside the unit of work that does it.
    """
    if not in_unit_of_work():
        raise RuntimeError("a question is answered inside the unit of work that does its work")
    mine = IdempotentAnswer.user_id == question.user_id, IdempotentAnswer.key == question.key
    db.session.execute(delete(IdempotentAnswer).where(*mine, IdempotentAnswer.created_at <= now() - KEPT_FOR))
    row = {"user_id": question.user_id, "key": question.key, "request_hash": question.request_hash}
    is_taken = insert_new(IdempotentAnswer, **row, status=UNANSWERED, body="", created_at=now())
    return None if is_taken else answered(question)


@unit_of_work
def answer_once(question: Question, work: Callable[[], Answer]) -> Answer:
    """Do the work and keep its answer, both or neither; or the answer of whoever asked before.

    Raises KeyReused, and whatever the work raises: then nothing is kept.
    """
    kept = take_question(question)
    if kept is not None:
        return kept
    answer = work()
    keep_answer(question, answer)
    return answer


def keep_answer(question: Question, answer: Answer) -> None:
    """Write down what this question, which was taken before, is answered."""
    db.session.execute(
        update(IdempotentAnswer)
        .where(IdempotentAnswer.user_id == question.user_id, IdempotentAnswer.key == question.key)
        .values(status=answer.status, body=answer.body)
    )


@unit_of_work
def purge_answers() -> int:
    """Forget the answers that are no longer owed; how many."""
    old = db.session.execute(
        delete(IdempotentAnswer)
        .where(IdempotentAnswer.created_at <= now() - KEPT_FOR)
        .returning(IdempotentAnswer.id)
    )
    return len(old.all())
