"""The waitlist: what one's organisations wait for, and the answer when a time is held."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.accounts.models import Role
from app.accounts.viewer import person
from app.booking.errors import OutsidePolicy
from app.booking.forms import RemoveForm, TakeHeldForm
from app.booking.models import WaitlistEntry
from app.booking.pages.checked import Finding, refused_by
from app.booking.pages.waiting import WaitPage
from app.booking.permissions import LAB_STAFF
from app.booking.queries.waitlist import get_entry, list_entries_in_labs, list_entries_of
from app.booking.services.waitlist.answer import accept_held, pass_held
from app.booking.services.waitlist.join import leave_waitlist
from app.booking.services.waitlist.remove import remove_from_waitlist
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.inventory.models import Mode
from app.web import access
from app.web.once import do_once


@blueprint.get("/waitlist")
@access.signed_in
def waitlist() -> Answer:
    """What one's organisations wait for; for who works in a lab, who waits there."""
    who = person()
    works_here = who.has_role(Role.ADMIN, *LAB_STAFF)
    own = WaitPage.of(list_entries_of(who), who)
    return render_template(
        "booking/waitlist/index.html",
        active=[one for one in own if one.is_active],
        over=[one for one in own if not one.is_active],
        here=WaitPage.of(list_entries_in_labs(who), who) if works_here else [],
        works_here=works_here,
    )


@blueprint.get("/waitlist/<int:entry_id>")
@access.signed_in
def waiting(entry_id: int) -> Answer:
    entry = get_entry(person(), entry_id)
    return _page(entry, TakeHeldForm(data={"purpose": entry.purpose}))


@blueprint.post("/waitlist/<int:entry_id>/accept")
@access.signed_in
def take(entry_id: int) -> Answer:
    who, form = person(), TakeHeldForm()
    entry = get_entry(who, entry_id)
    if entry.mode is not Mode.SAMPLES:
        del form.samples_count
    if not form.validate():
        return _page(entry, form, 422)
    try:
        path = do_once(
            who.id,
            lambda: path_to(
                accept_held(
                    actor=who,
                    entry_id=entry_id,
                    purpose=form.purpose.data,
                    people=form.people.data or (),
                    samples=form.samples,
                    note=form.note.data or "",
                )
            ),
        )
    except OutsidePolicy as refused:
        (it,) = WaitPage.of([entry], who)
        return _page(entry, form, 422, findings=refused_by(refused.verdicts, it.zone))
    flash(_("The time is yours to ask for: the request is on its way."))
    return redirect(path)


@blueprint.post("/waitlist/<int:entry_id>/pass")
@access.signed_in
def let_go(entry_id: int) -> Answer:
    who = person()
    path = do_once(who.id, lambda: path_to_wait(pass_held(actor=who, entry_id=entry_id)))
    flash(_("The time goes to the next one. You wait on and keep your place."))
    return redirect(path)


@blueprint.post("/waitlist/<int:entry_id>/leave")
@access.signed_in
def leave(entry_id: int) -> Answer:
    who = person()

    def left() -> str:
        leave_waitlist(actor=who, entry_id=entry_id)
        return url_for("booking.waitlist")

    path = do_once(who.id, left)
    flash(_("You wait for it no longer."))
    return redirect(path)


@blueprint.post("/waitlist/<int:entry_id>/remove")
@access.requires(Role.ADMIN, Role.LIAISON, *LAB_STAFF)
def remove(entry_id: int) -> Answer:
    """The lab lets somebody wait no longer."""
    who, form = person(), RemoveForm()
    entry = get_entry(who, entry_id)
    if not form.validate():
        return _page(entry, TakeHeldForm(formdata=None), 422, remove_form=form)

    def removed() -> str:
        remove_from_waitlist(actor=who, entry_id=entry_id, reason=form.reason.data or "")
        return url_for("booking.waitlist")

    path = do_once(who.id, removed)
    flash(_("Removed. They get a letter with your reason."))
    return redirect(path)


def _page(
    entry: WaitlistEntry,
    form: TakeHeldForm,
    status: int = 200,
    findings: Sequence[Finding] = (),
    remove_form: RemoveForm | None = None,
) -> Answer:
    (it,) = WaitPage.of([entry], person())
    return render_template(
        "booking/waitlist/show.html",
        it=it,
        form=form,
        findings=findings,
        remove_form=remove_form or RemoveForm(formdata=None),
    ), status


def path_to_wait(entry: WaitlistEntry) -> str:
    return url_for("booking.waiting", entry_id=entry.id)
