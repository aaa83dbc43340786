"""Who hears what of a need, in which language, once."""

import pytest
from sqlalchemy import delete, select

from app.accounts.models import User
from app.extensions import db
from app.needs.models import ClosingReason
from app.needs.services.close import close_need
from app.needs.services.publish import publish_need, reject_need
from app.needs.services.write import change_need
from app.notifications.models import Notice
from tests.cast import Cast
from tests.needs.making import missing, published, submitted, write

TITLE = "\u2068A second Raman spectrometer\u2069"


def news() -> dict[str, str]:
    """The new line of everybody who has one, by the beginning of their address; then there is none."""
    rows = db.session.execute(select(User.email, Notice.text).join(User, User.id == Notice.user_id)).all()
    told = {email.split("@")[0]: text for email, text in rows}
    assert len(told) == len(rows)
    db.session.execute(delete(Notice))
    db.session.commit()
    return told


def test_those_who_may_publish_it_hear_of_what_is_handed_in(cast: Cast) -> None:
    need = submitted(cast.manager, cast)
    assert set(db.session.scalars(select(Notice.path))) == {f"/needs/{need.id}"}
    line = f"{TITLE} waits for somebody to publish it."
    assert news() == {"liaison": line, "admin": line}


def test_the_labs_manager_hears_of_what_the_office_wrote(cast: Cast) -> None:
    submitted(cast.liaison, cast)
    assert set(news()) == {"manager", "admin"}


def test_a_closed_account_is_told_nothing(cast: Cast) -> None:
    cast.admin.disabled_at = cast.admin.activated_at
    db.session.commit()
    submitted(cast.manager, cast)
    assert set(news()) == {"liaison"}


def test_a_draft_is_nobodys_news(cast: Cast) -> None:
    need = write(cast.manager, cast)
    change_need(actor=cast.manager, need_id=need.id, title="A third one")
    assert news() == {}


def test_who_wrote_it_hears_that_it_is_published(cast: Cast) -> None:
    need = submitted(cast.manager, cast)
    news()
    publish_need(actor=cast.liaison, need_id=need.id)
    assert news() == {"manager": f"{TITLE} is published."}


def test_nobody_hears_of_what_they_did_themselves(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials)
    need = submitted(cast.manager, cast, from_gap=True)
    news()
    publish_need(actor=cast.manager, need_id=need.id)
    close_need(actor=cast.manager, need_id=need.id, reason=ClosingReason.OBSOLETE)
    own = write(cast.manager, cast)
    reject_need(actor=cast.manager, need_id=own.id, reason="A slip")
    assert news() == {}


def test_who_wrote_it_reads_why_it_was_turned_down(cast: Cast) -> None:
    need = submitted(cast.manager, cast)
    news()
    reject_need(actor=cast.liaison, need_id=need.id, reason="There is one\nnearby.")
    assert news() == {"manager": f"{TITLE} was turned down: \u2068There is one nearby.\u2069"}


def test_a_long_reason_is_shortened_at_a_word(cast: Cast) -> None:
    need = submitted(cast.manager, cast)
    news()
    reject_need(actor=cast.liaison, need_id=need.id, reason="reason " * 200)
    line = news()["manager"]
    assert line.endswith("reason…\u2069")
    assert len(line) < 280


def test_who_wrote_it_hears_that_somebody_else_closed_it(cast: Cast) -> None:
    need = published(cast)
    news()
    close_need(actor=cast.admin, need_id=need.id, reason=ClosingReason.MET_BY_PURCHASE)
    assert news() == {"manager": f"{TITLE} was closed: It was bought."}


def test_it_is_written_in_the_language_of_who_reads_it(cast: Cast) -> None:
    cast.manager.language = "fa"
    db.session.commit()
    need = submitted(cast.manager, cast, title_fa="طیف‌سنج رامان دوم")
    news()
    reject_need(actor=cast.liaison, need_id=need.id, reason="There is one nearby.")
    line = news()["manager"]
    assert "طیف‌سنج رامان دوم" in line
    assert "turned down" not in line
