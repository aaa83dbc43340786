"""Comments and ready answers on the pages."""

from io import BytesIO

from sqlalchemy import select

from app.booking.models import Booking, Comment, CommentFile, DeclineReason, OccurrenceState
from app.booking.services.comments import add_comment
from app.booking.services.refusals import add_refusal
from app.extensions import db
from tests.booking.making import ask
from tests.booking.views.asking import bookings, shown
from tests.cast import Cast
from tests.pdf import document
from tests.visitor import Visitor


def page_of(booking: Booking) -> str:
    return f"/bookings/{booking.reference}"


def test_both_sides_write_on_the_page(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    client.submit(page_of(booking), {"text": "Is the blue laser there?"}, form="comment")
    assert 'name="is_internal"' not in client.page(page_of(booking)).text
    client.post("/sign-out")
    client.sign_in(cast.technician)
    page = client.page(page_of(booking))
    assert "Is the blue laser there?" in page.text
    assert "wrote a comment" in page.text
    client.submit(page_of(booking), {"text": "They broke it", "is_internal": "y"}, form="comment")
    assert "They broke it" in client.page(page_of(booking)).text
    client.post("/sign-out")
    client.sign_in(cast.boss)
    assert "They broke it" not in client.page(page_of(booking)).text


def test_an_empty_one_comes_back(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    answer = client.submit(page_of(booking), {"text": "  "}, form="comment")
    assert answer.status_code == 422
    assert "This is needed." in shown(answer).text


def test_a_file_is_kept_and_given_to_the_other_side_only(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    sent = {"text": "The plan", "files": (BytesIO(document()), "Plan of batch.pdf")}
    client.post(f"{page_of(booking)}/comments", data=sent, content_type="multipart/form-data")
    kept = db.session.scalars(select(CommentFile)).one()
    assert kept.title == "Plan of batch"
    path = f"/comment-files/{kept.file}"
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for who, status in ((cast.manager, 200), (cast.rival, 404), (cast.student, 404)):
        client.post("/sign-out")
        client.sign_in(who)
        assert client.get(path).status_code == status


def test_what_is_no_picture_and_no_pdf_is_refused(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)
    sent = {"text": "The plan", "files": (BytesIO(b"MZ evil"), "plan.pdf")}
    answer = client.post(f"{page_of(booking)}/comments", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "The plan" in answer.text
    assert db.session.scalars(select(Comment)).all() == []


def test_strangers_neither_write_nor_read(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    add_comment(actor=cast.booker, reference=booking.reference, text="Our secret alloy")
    client.sign_in(cast.rival)
    assert client.post(f"{page_of(booking)}/comments", data={"text": "Hello"}).status_code == 404
    client.post("/sign-out")
    client.sign_in(cast.liaison)
    assert "Our secret alloy" not in client.page(page_of(booking)).text
    assert client.post(f"{page_of(booking)}/comments", data={"text": "Hello"}).status_code == 403


def test_a_ready_answer_is_chosen_and_added_to(client: Visitor, cast: Cast) -> None:
    kept = add_refusal(
        actor=cast.manager,
        lab_id=cast.materials.id,
        reason_code=DeclineReason.SAFETY,
        title="No hood",
        text="Our hood is out of order.",
    )
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.safety)
    page = f"/approvals/{booking.occurrences[0].id}"
    assert "Our hood is out of order." in client.page(page).text
    empty = client.submit(page, {"reason": ""}, form="decline")
    assert empty.status_code == 422
    client.submit(page, {"template": str(kept.id), "reason": "Ask in July."}, form="decline")
    date = bookings()[0].occurrences[0]
    assert (date.state, date.reason_code) == (OccurrenceState.DECLINED, DeclineReason.SAFETY)
    assert date.reason == "Our hood is out of order.\n\nAsk in July."
