"""The inbox of who decides: what waits on one side, the case on the other. The answers are in decide.py."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Role, User
from app.accounts.viewer import person
from app.booking.answer_wording import WAITS_ON
from app.booking.errors import OutsidePolicy
from app.booking.forms import ApproveForm, CommentForm
from app.booking.models import Occurrence
from app.booking.pages.booking import BookingPage
from app.booking.pages.checked import refused_by
from app.booking.pages.company import Company
from app.booking.pages.inbox import Line, lines_of
from app.booking.permissions import ANSWERERS
from app.booking.queries.bookings import list_to_decide, reference_of
from app.booking.queries.people import list_labs_alone
from app.booking.services.batch import Approved, approve_each
from app.booking.verdicts import Severity
from app.booking.views.answering import decide_form_of, decline_form
from app.booking.views.blueprint import Answer, blueprint
from app.booking.views.undo import flash_answered
from app.core.text import isolated
from app.inventory.queries.places import home_zone
from app.occupancy.errors import SlotTaken
from app.web import access
from app.web.formats import number_text


@blueprint.get("/approvals")
@access.requires(Role.ADMIN, *ANSWERERS)
def approvals() -> Answer:
    """All that waits for this person; `at` opens the case at that place, the first when it is behind us."""
    who = person()
    waiting = list_to_decide(who)
    lines = lines_of(waiting)
    place = request.args.get("at", type=int)
    if place is None or not 0 <= place < len(lines):
        return _inbox(who, lines, 0)
    return _inbox(who, lines, place, is_case=True)


@blueprint.get("/approvals/<int:date_id>")
@access.requires(Role.ADMIN, *ANSWERERS)
def case(date_id: int) -> Answer:
    """One of them. What has been answered meanwhile is shown as the booking it is."""
    who = person()
    lines = lines_of(list_to_decide(who))
    for place, line in enumerate(lines):
        for date in line.dates:
            if date.id == date_id:
                return _inbox(who, lines, place, date, is_case=True)
    return redirect(url_for("booking.show", reference=reference_of(who, date_id)))


@blueprint.post("/approvals/approve")
@access.requires(Role.ADMIN, *ANSWERERS)
def approve_ticked() -> Answer:
    """Yes to all that are ticked: each is judged anew, and what is refused waits on and says why."""
    references = request.form.getlist("reference")
    if not references:
        flash(_("Tick the requests that you want to approve."), "error")
        return redirect(url_for("booking.approvals"))
    outcomes = approve_each(actor=person(), references=references)
    approved = [one.reference for one in outcomes if one.refused is None]
    if approved:
        many = len(approved)
        said = ngettext(
            "%(shown)s request is approved: %(references)s.",
            "%(shown)s requests are approved: %(references)s.",
            many,
            shown=number_text(many),
            references=_(", ").join(isolated(one) for one in approved),
        )
        flash_answered(said, approved)
    for one in outcomes:
        if one.refused is not None:
            flash(_why(one), "error")
    return redirect(url_for("booking.approvals"))


def _why(one: Approved) -> str:
    """Why it waits on, in a sentence that names it."""
    refused, reference = one.refused, isolated(one.reference)
    if isinstance(refused, OutsidePolicy):
        found = refused_by(refused.verdicts, home_zone())
        blocks = [finding.text for finding in found if finding.severity is Severity.BLOCK]
        return str(_("%(reference)s waits on: %(why)s", reference=reference, why=" ".join(blocks)))
    if isinstance(refused, SlotTaken):
        return str(_("%(reference)s waits on: others have the time.", reference=reference))
    why = WAITS_ON.get(refused.code if refused else "", WAITS_ON["wrong-state"])
    return str(_("%(reference)s was not approved. %(why)s", reference=reference, why=why))


def _inbox(
    who: User,
    lines: Sequence[Line],
    place: int,
    date: Occurrence | None = None,
    *,
    is_case: bool = False,
) -> Answer:
    """`is_case`: the person came for this one. A phone shows the list or the case, not both."""
    here = lines[place] if lines else None
    is_series = here is not None and len(here.dates) > 1
    it = BookingPage(here.booking, date or here.date, who) if here else None
    return render_template(
        "booking/approvals.html",
        lines=lines,
        place=place,
        is_case=is_case,
        it=it,
        company=Company(it.booking.organisation, who, it.zone) if it else None,
        approve_form=ApproveForm(),
        is_series=is_series,
        decline_form=decline_form(who, it.booking) if it and not is_series else None,
        decide_form=decide_form_of(who, it.booking) if it and is_series else None,
        comment_form=CommentForm(formdata=None),
        alone=list_labs_alone(who),
        after=url_for("booking.approvals", at=place),
    )
