"""The inbox of who decides: what waits on one side, the case on the other. The answers are in decide.py."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for

from app.accounts.models import Role, User
from app.accounts.viewer import person
from app.booking.forms import ApproveForm
from app.booking.models import Occurrence
from app.booking.pages.booking import BookingPage
from app.booking.permissions import ANSWERERS
from app.booking.queries.bookings import list_to_decide, reference_of
from app.booking.queries.people import list_labs_alone
from app.booking.views.answering import decline_form
from app.booking.views.blueprint import Answer, blueprint
from app.web import access


@blueprint.get("/approvals")
@access.requires(Role.ADMIN, *ANSWERERS)
def approvals() -> Answer:
    """All that waits for this person; `at` opens the case at that place, the first when it is behind us."""
    who = person()
    waiting = list_to_decide(who)
    place = request.args.get("at", type=int)
    if place is None or not 0 <= place < len(waiting):
        return _inbox(who, waiting, 0)
    return _inbox(who, waiting, place, is_case=True)


@blueprint.get("/approvals/<int:date_id>")
@access.requires(Role.ADMIN, *ANSWERERS)
def case(date_id: int) -> Answer:
    """One of them. What has been answered meanwhile is shown as the booking it is."""
    who = person()
    waiting = list_to_decide(who)
    ids = [date.id for date in waiting]
    if date_id not in ids:
        return redirect(url_for("booking.show", reference=reference_of(who, date_id)))
    return _inbox(who, waiting, ids.index(date_id), is_case=True)


def _inbox(who: User, waiting: Sequence[Occurrence], place: int, *, is_case: bool = False) -> Answer:
    """`is_case`: the person came for this one. A phone shows the list or the case, not both."""
    return render_template(
        "booking/approvals.html",
        waiting=waiting,
        place=place,
        is_case=is_case,
        it=BookingPage(waiting[place].booking, waiting[place], who) if waiting else None,
        approve_form=ApproveForm(),
        decline_form=decline_form(who, waiting[place].booking) if waiting else None,
        alone=list_labs_alone(who),
        after=url_for("booking.approvals", at=place),
    )
