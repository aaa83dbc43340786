"""Taking back what was answered a moment ago."""

from collections.abc import Collection

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Role
from app.accounts.viewer import person
from app.booking.answer_wording import STANDS
from app.booking.errors import Stands
from app.booking.models import Booking
from app.booking.permissions import ANSWERERS
from app.booking.queries.decisions import list_just_given
from app.booking.services.undo import take_back
from app.booking.views.blueprint import Answer, blueprint
from app.core.errors import DomainError
from app.occupancy.errors import SlotTaken
from app.web import access
from app.web.flashes import flash_with_button
from app.web.formats import number_text

MOST = 50


def flash_answered(text: str, references: Collection[str]) -> None:
    """Say what was answered, with the button that takes it back; or why it stands."""
    given = list_just_given(person(), references)
    back = [one for one in given if one.obstacle is None]
    if back:
        flash_with_button(
            text,
            action=url_for("booking.undo"),
            label=_("Undo"),
            hint=_("within 30 seconds; the mail waits as long"),
            values=[("decision", str(one.id)) for one in back],
            key="Z",
        )
    else:
        flash(text)
    for why in dict.fromkeys(one.obstacle for one in given if one.obstacle is not None):
        flash(str(STANDS[why.value]), "info")


@blueprint.post("/approvals/undo")
@access.requires(Role.ADMIN, *ANSWERERS)
def undo() -> Answer:
    """Each answer for itself: what cannot be taken back stands, and says why."""
    back: list[Booking] = []
    for decision_id in request.form.getlist("decision", type=int)[:MOST]:
        try:
            back.append(take_back(actor=person(), decision_id=decision_id))
        except DomainError as refused:
            flash(_why(refused), "error")
    if back:
        many = len(back)
        flash(
            ngettext(
                "%(shown)s answer is taken back. Nobody was told of it.",
                "%(shown)s answers are taken back. Nobody was told of them.",
                many,
                shown=number_text(many),
            )
        )
    return redirect(_to(back))


def _to(back: list[Booking]) -> str:
    """The case that waits again, where it is one."""
    if len(back) != 1:
        return url_for("booking.approvals")
    return url_for("booking.case", date_id=back[0].occurrences[0].id)


def _why(refused: DomainError) -> str:
    if isinstance(refused, SlotTaken):
        return str(_("Somebody has taken the time meanwhile: the answer stands."))
    return str(STANDS[refused.why if isinstance(refused, Stands) else "changed"])
