"""What both sides write to each other: who may, who reads it, who hears of it."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.booking import jobs
from app.booking.models import Comment, CommentFile
from app.booking.queries.bookings import get_booking
from app.booking.queries.comments import get_comment_file, list_comments
from app.booking.services.comments import LONGEST_COMMENT, MOST_FILES, Attached, add_comment
from app.booking.uploads import comment_files
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.event_log import EventRecord
from app.core.files import accept
from app.extensions import db
from app.notifications.models import Mail, Notice
from tests.booking.making import ask
from tests.booking.notices.test_news import mails, to_whom
from tests.cast import Cast
from tests.pdf import document


def write(actor: User, reference: str, text: str = "When do you come?", **more: Any) -> Comment:
    return add_comment(actor=actor, reference=reference, text=text, **more)


def attached(title: str = "Plan") -> Attached:
    taken = accept(document())
    return Attached(title, taken, comment_files().keep(taken.data))


def read(actor: User, reference: str) -> list[str]:
    return [one.text for one in list_comments(actor, get_booking(actor, reference))]


@pytest.fixture
def reference(cast: Cast) -> str:
    found = ask(cast.booker, cast.raman).reference
    mails()
    return found


def test_the_other_side_gets_one_letter_and_who_wrote_it_none(cast: Cast, reference: str) -> None:
    write(cast.booker, reference, "Is the blue laser there?")
    text = db.session.scalars(select(Mail.text)).first()
    assert text is not None
    assert "Is the blue laser there?" in text
    assert sorted(to_whom()) == ["manager", "safety"]
    write(cast.manager, reference)
    assert to_whom() == ["booker"]
    write(cast.boss, reference)
    write(cast.boss, reference)
    assert sorted(to_whom()) == ["manager", "manager", "safety", "safety"]


def test_it_stands_on_the_timeline_once(cast: Cast, reference: str) -> None:
    write(cast.booker, reference)
    rows = db.session.scalars(select(EventRecord).where(EventRecord.name == "CommentAdded")).all()
    assert len(rows) == 1
    assert "When do you come?" not in str(rows[0].data)


def test_what_is_internal_stays_among_the_staff(cast: Cast, reference: str) -> None:
    notices = len(db.session.scalars(select(Notice)).all())
    write(cast.technician, reference, "They left a mess last time", is_internal=True)
    write(cast.booker, reference, "Hello")
    mails()
    assert read(cast.safety, reference) == ["They left a mess last time", "Hello"]
    assert read(cast.admin, reference) == ["They left a mess last time", "Hello"]
    for who in (cast.booker, cast.boss):
        assert read(who, reference) == ["Hello"]
    assert read(cast.liaison, reference) == []
    internal = db.session.scalars(select(EventRecord).where(EventRecord.name == "InternalCommentAdded")).one()
    assert internal.subject_kind == "comment"
    assert len(db.session.scalars(select(Notice)).all()) == notices + 2  # of the open one only


def test_nobody_hears_of_an_internal_one(cast: Cast, reference: str) -> None:
    write(cast.technician, reference, is_internal=True)
    assert mails() == []


@pytest.mark.parametrize("who", ["rival", "other_manager", "student", "loner"])
def test_for_strangers_there_is_nothing_to_comment(cast: Cast, reference: str, who: str) -> None:
    with pytest.raises(NotFound):
        write(getattr(cast, who), reference)


def test_who_only_looks_in_writes_nothing(cast: Cast, reference: str) -> None:
    with pytest.raises(Forbidden):
        write(cast.liaison, reference)


def test_the_company_writes_nothing_internal(cast: Cast, reference: str) -> None:
    with pytest.raises(Forbidden):
        write(cast.booker, reference, is_internal=True)


def test_before_an_address_is_proved_nobody_is_written_to(cast: Cast) -> None:
    cast.newcomer.activated_at = None
    db.session.commit()
    unproved = ask(cast.newcomer, cast.raman).reference
    with pytest.raises(WrongState):
        write(cast.manager, unproved)


@pytest.mark.parametrize("text", ["", " \n\t", "x" * (LONGEST_COMMENT + 1)])
def test_what_says_nothing_or_too_much_is_refused(cast: Cast, reference: str, text: str) -> None:
    with pytest.raises(InvalidInput):
        write(cast.booker, reference, text)
    assert db.session.scalars(select(Comment)).all() == []


def test_files_come_with_it_and_open_for_its_readers_only(app: Flask, cast: Cast, reference: str) -> None:
    open_one = write(cast.booker, reference, files=[attached(), attached("Second")]).files[0].file
    internal = write(cast.manager, reference, files=[attached()], is_internal=True).files[0].file
    assert get_comment_file(cast.manager, open_one).title == "Plan"
    assert get_comment_file(cast.boss, open_one).title == "Plan"
    assert get_comment_file(cast.technician, internal).title == "Plan"
    for who, file in (
        (cast.booker, internal),
        (cast.rival, open_one),
        (cast.other_manager, open_one),
        (cast.liaison, open_one),
        (cast.manager, "0" * 32),
    ):
        with pytest.raises(NotFound):
            get_comment_file(who, file)
    with pytest.raises(InvalidInput):
        write(cast.booker, reference, files=[attached() for _ in range(MOST_FILES + 1)])
    assert list(findings()) == []
    (comment_files().folder / open_one).write_bytes(b"something else")
    assert [sentence for _name, sentence in findings() if "not what was handed in" in sentence]


def test_files_without_a_comment_are_swept(app: Flask, cast: Cast, reference: str) -> None:
    kept = write(cast.booker, reference, files=[attached()]).files[0].file
    lost = attached().file
    assert jobs.sweep_comment_files() == 0
    assert comment_files().older_than(timedelta(seconds=-10)) == {kept, lost}
    assert {one.file for one in db.session.scalars(select(CommentFile))} == {kept}


def test_of_a_series_it_stands_at_the_next_date(cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    with clock.frozen(booking.occurrences[0].ends_at + timedelta(days=1)):
        write(cast.booker, booking.reference)
    row = db.session.scalars(select(EventRecord).where(EventRecord.name == "CommentAdded")).one()
    assert row.subject_id == booking.occurrences[0].id
