"""Real processes that begin at the same instant, each with its own application on one database."""

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from typing import Any

from flask import Flask

from app.core.errors import DomainError
from app.extensions import db
from tests.cast import Cast
from tests.conftest import application, close

Act = Callable[[Cast, int], Any]
"""What one runner does in one round; it returns something that can be sent home."""

FORK = multiprocessing.get_context("fork")
PATIENCE = 60


def race(url: str, acts: Sequence[Act], *, rounds: int = 1) -> list[list[Any]]:
    """Let the acts run against each other, round after round; outcomes by runner, then by round.

    An outcome is what the act returned, or the name of the DomainError it raised. Any other
    exception fails the race.
    """
    db.session.remove()
    db.engine.dispose()  # a connection does not survive being shared with a child
    barrier, queue = FORK.Barrier(len(acts)), FORK.Queue()
    runners = [
        FORK.Process(target=_run, args=(number, url, act, rounds, barrier, queue))
        for number, act in enumerate(acts)
    ]
    for runner in runners:
        runner.start()
    outcomes = dict(queue.get(timeout=PATIENCE) for _ in runners)
    for runner in runners:
        runner.join(PATIENCE)
    for number, outcome in outcomes.items():
        assert isinstance(outcome, list), f"runner {number}: {outcome}"
    return [outcomes[number] for number in range(len(acts))]


def _run(number: int, url: str, act: Act, rounds: int, barrier: Barrier, queue: Any) -> None:
    app = application(url)
    try:
        queue.put((number, [_round(app, act, n, barrier) for n in range(rounds)]))
    except Exception as error:
        barrier.abort()
        queue.put((number, repr(error)))
    close(app)


def _round(app: Flask, act: Act, number: int, barrier: Barrier) -> Any:
    with app.app_context():
        cast = Cast.load()
        barrier.wait(PATIENCE)
        try:
            return act(cast, number)
        except DomainError as error:
            return type(error).__name__
