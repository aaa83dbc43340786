"""Who takes an answer back while the mail leaves: the letter is out and the answer stands, or neither."""

from datetime import timedelta
from functools import partial

from flask import Flask
from sqlalchemy import select, update

from app.booking.models import Decision, Occurrence, OccurrenceState
from app.booking.services.decide import approve_booking
from app.booking.services.undo import take_back
from app.cli.doctor import findings
from app.core.clock import real_now
from app.extensions import db
from app.notifications.models import Mail
from app.notifications.services.deliver import mark_sent, take_mail
from tests.booking.making import ask
from tests.cast import Cast
from tests.concurrency.racing import race
from tests.databases import both_databases

DAYS = (0, 1, 2, 5)


def undo(ids: list[int], cast: Cast, number: int) -> str:
    return take_back(actor=cast.manager, decision_id=ids[number]).occurrences[0].state.value


def deliver(bundles: list[str], _cast: Cast, number: int) -> str:
    """Send the next mail that is due, as the job does; all but one round's wait for the next one."""
    mail = take_mail()
    if mail is None:
        return "nothing"
    assert mail.bundle in bundles
    mark_sent(mail_id=mail.id)
    return "sent"


@both_databases
def test_an_answer_is_told_or_taken_back_and_never_both(app: Flask, cast: Cast, database_url: str) -> None:
    references = [ask(cast.booker, cast.raman, start=24 * day).reference for day in DAYS]
    for reference in references:
        approve_booking(actor=cast.manager, reference=reference)
    ids = list(db.session.scalars(select(Decision.id).order_by(Decision.id)))
    # Only these letters leave here, and it is time for them: one a round.
    db.session.execute(update(Mail).values(due_at=real_now() + timedelta(days=1)))
    db.session.execute(
        update(Mail).where(Mail.bundle.is_not(None)).values(due_at=real_now() - timedelta(seconds=1))
    )
    db.session.commit()
    bundles = list(db.session.scalars(select(Decision.bundle).order_by(Decision.id)))
    race(database_url, [partial(undo, ids), partial(deliver, bundles)], rounds=len(DAYS))
    states = dict(
        db.session.execute(select(Decision.id, Occurrence.state).join(Decision.dates).join(Occurrence)).all()
    )
    for id_, bundle in zip(ids, bundles, strict=True):
        waits = states[id_] is OccurrenceState.REQUESTED
        letters = db.session.scalars(select(Mail).where(Mail.bundle == bundle)).all()
        assert bool(letters) is not waits, (states, bundle)
    assert list(findings()) == []
