"""The page of a booking, with whatever was typed into one of its forms."""

from flask import render_template

from app.accounts.models import User
from app.booking.forms import ApproveForm, CommentForm, DecideForm, DeclineForm, ResultForm
from app.booking.models import Booking
from app.booking.pages.booking import BookingPage
from app.booking.queries.refusals import refusals_for
from app.booking.views.blueprint import Answer


def decline_form(who: User, booking: Booking) -> DeclineForm:
    """A no of this person to the booking, with what their labs keep ready."""
    return DeclineForm().offer(refusals_for(who, booking))


def decide_form_of(who: User, booking: Booking) -> DecideForm:
    """An answer for each date, with what this person's labs keep ready for a no."""
    return DecideForm().offer(refusals_for(who, booking))


def show_page(
    page: BookingPage,
    *,
    status: int = 200,
    refused: int | None = None,
    approve_form: ApproveForm | None = None,
    refusing: DeclineForm | None = None,
    decide_form: DecideForm | None = None,
    comment_form: CommentForm | None = None,
) -> Answer:
    """The booking; `refused` is the status of an answer that could not be given."""
    ready = refusals_for(page.who, page.booking) if page.may_decide_any else []
    return render_template(
        "booking/show.html",
        it=page,
        refused=refused,
        approve_form=approve_form or ApproveForm(),
        decline_form=refusing or DeclineForm().offer(ready),
        decide_form=decide_form or DecideForm().offer(ready),
        result_form=ResultForm(formdata=None),
        comment_form=comment_form or CommentForm(formdata=None),
    ), status
