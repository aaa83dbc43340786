"""Idempotency-Key: a POST that is sent again gets the answer it got before, and does nothing again.

A success is kept in the transaction of the work it answers for: both happen, or neither. A refusal
(409, 422) has done nothing, so it is kept on its own afterwards. Failures of ours (5xx) are not kept:
trying again is then the right thing to do.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from flask import Response, g, make_response, request
from werkzeug.exceptions import HTTPException

from app.api import problems
from app.api.findings import Finding
from app.api.sealing import seal, unseal
from app.core.db import unit_of_work
from app.core.errors import DomainError, InvalidInput
from app.core.idempotency import Answer, KeyReused, Question, answered, keep_answer, take_question

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
KEPT_REFUSALS = frozenset({409, 422})


def idempotent(view: Callable[..., Any], *, works: bool) -> Callable[..., Any]:
    """The outer half: answers from memory, and remembers refusals. The view needs `actor`.

    A view that changes nothing (`works` is False) has no inner half: its answers are kept here, too.
    """
    kept_here = KEPT_REFUSALS if works else KEPT_REFUSALS | {200}

    @wraps(view)
    def answer_again(**arguments: Any) -> Any:
        question = _question(arguments["actor"].id)
        if question is None:
            return view(**arguments)
        kept = answered(question)
        if kept is not None:
            return _told_again(kept)
        g.question = question
        try:
            response = make_response(view(**arguments))
        except (DomainError, HTTPException) as error:
            response = problems.answer(error)
        if response.status_code in kept_here:
            return _told_again(_keep(question, response), replayed=False)
        return response

    return answer_again


def in_one_transaction(view: Callable[..., Any]) -> Callable[..., Any]:
    """The inner half, around the work: the answer is written with what it answers for."""

    @wraps(view)
    def work_once(**arguments: Any) -> Any:
        question = g.get("question")
        if question is None:
            return view(**arguments)
        return _first_answer(question, lambda: make_response(view(**arguments)))

    return work_once


@unit_of_work
def _first_answer(question: Question, work: Callable[[], Response]) -> Response:
    kept = take_question(question)
    if kept is not None:
        return _told_again(kept)
    response = work()
    keep_answer(question, _sealed(response))
    return response


@unit_of_work
def _keep(question: Question, response: Response) -> Answer:
    """This answer, or what an equal request was answered in the meantime."""
    given = _sealed(response)
    kept = take_question(question)
    if kept is not None:
        return kept
    keep_answer(question, given)
    return given


def _sealed(response: Response) -> Answer:
    return Answer(response.status_code, seal(response.get_data(as_text=True)))


def _question(user_id: int) -> Question | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise InvalidInput((HEADER, Finding("too_long", max=LONGEST_KEY) if key else Finding("empty")))
    return Question(user_id, key, _fingerprint())


def _fingerprint() -> str:
    """What makes two requests the same: method, address, and the body as a value, not as bytes."""
    body = request.get_data(cache=True)
    with suppress(ValueError, RecursionError):  # what is not JSON is compared as bytes
        body = json.dumps(json.loads(body), sort_keys=True).encode()
    return hashlib.sha256(b"\0".join([request.method.encode(), request.full_path.encode(), body])).hexdigest()


def _told_again(kept: Answer, *, replayed: bool = True) -> Response:
    body = unseal(kept.body)
    if body is None:
        raise KeyReused  # the server's key has been changed: what was answered cannot be told again
    media_type = "application/json" if kept.status < 400 else problems.MEDIA_TYPE
    response = Response(body, kept.status, content_type=media_type)
    if replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response
