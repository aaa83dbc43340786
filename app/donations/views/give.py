"""Offering equipment: signed in or not, in five fields and photos."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.services.register import Company, introduced, register_own_company
from app.accounts.viewer import viewer
from app.core.errors import Forbidden, InvalidInput, NotFound, TooMany
from app.core.i18n import language
from app.donations import wording
from app.donations.forms.giving import GiveForm, GuestGiveForm, MemberGiveForm, NewcomerGiveForm
from app.donations.permissions import may_offer
from app.donations.services.files import Stored
from app.donations.services.give import Giving, give
from app.donations.services.guest import admit, offer_as_guest
from app.donations.uploads import stored, taken
from app.donations.views.blueprint import blueprint
from app.needs import wording as needs_wording
from app.needs.models import Need, NeedState
from app.needs.queries.needs import list_needs, shown_to
from app.web import access
from app.web.formats import number_text
from app.web.links import public_address
from app.web.once import do_once

Answer = str | Response | tuple[str, int]
MOST_NEEDS = 200


@blueprint.get("/donate")
@access.public
def ask() -> Answer:
    """The form; with `?need=` for that need."""
    if not may_offer(viewer()):
        here = url_for("donations.ask", need=request.args.get("need", type=int))
        return render_template("donations/for_donors.html", address=public_address(here))
    needs = _needs()
    wanted = _wanted(needs, request.args.get("need", type=int))
    given = {"need": wanted.id, "category": wanted.category_id, "quantity": 1} if wanted else {}
    return _page(_form(needs, **given), needs)


@blueprint.post("/donate")
@access.public
def offer() -> Answer:
    """Hand it in; or mail the link to somebody without an account."""
    if not may_offer(viewer()):
        raise Forbidden
    needs = _needs()
    form = _form(needs)
    if not form.validate():
        return _page(form, needs), 422
    try:
        return redirect(_hand_in(form))
    except InvalidInput as refused:
        _take(form, refused)
        return _page(form, needs), 422
    except TooMany as refused:
        form.form_errors.append(_too_often(refused))
        return _page(form, needs), 429


@blueprint.get("/donate/mail-sent")
@access.public
def mail_sent() -> Answer:
    """Whether the address is known or not, the answer is this."""
    return render_template("donations/mail_sent.html")


def _hand_in(form: GiveForm) -> str:
    """Offer, and where to go then."""
    who = viewer()
    if isinstance(form, GuestGiveForm):
        person = introduced(email=form.email.data, name=form.name.data, language=language())
        admit(email=person.email, address=request.remote_addr or "")
        offer_as_guest(person=person, company=Company(name=form.organisation.data), giving=_giving(form))
        return url_for("donations.mail_sent")
    if who is None:
        raise NotFound
    giving = _giving(form)

    def hand_in() -> str:
        organisation_id = (
            register_own_company(actor=who, company=Company(name=form.organisation.data)).id
            if isinstance(form, NewcomerGiveForm)
            else form["organisation"].data
        )
        given = give(actor=who, giving=giving, organisation_id=organisation_id)
        flash(_("Your offer was sent."))
        return url_for("donations.show", offer_id=given.id)

    return do_once(who.id, hand_in)


def _giving(form: GiveForm) -> Giving:
    """What is offered, with its photos on disk. Raises InvalidInput about `photos`."""
    return Giving(
        line=form.line(),
        message=form.message.data or "",
        valid_until=form.valid_until.data,
        photos=_stored(form),
    )


def _stored(form: GiveForm) -> list[Stored]:
    try:
        photos = [taken(file) for file in form.photos.data or () if file]
    except InvalidInput as refused:
        raise InvalidInput(*(("photos", code) for _field, code in refused.errors)) from refused
    if any(photo.thumbnail is None for photo in photos):
        raise InvalidInput(("photos", "file-unknown"))
    return [stored(photo) for photo in photos]


def _form(needs: list[Need], **given: Any) -> GiveForm:
    who = viewer()
    if who is None:
        return GuestGiveForm.of(needs, **given)
    own = [membership.organisation for membership in who.memberships if membership.ended_at is None]
    if own:
        return MemberGiveForm.of(needs, **given).choose_among(own)
    return NewcomerGiveForm.of(needs, **given)


def _page(form: GiveForm, needs: list[Need]) -> str:
    wanted = _wanted(needs, form.need.data)
    return render_template(
        "donations/give.html",
        form=form,
        shown=shown_to(viewer(), [wanted])[0] if wanted else None,
        needs_wording=needs_wording,
        wording=wording,
    )


def _needs() -> list[Need]:
    return list(list_needs(viewer(), state=NeedState.PUBLISHED, limit=MOST_NEEDS))


def _wanted(needs: list[Need], need_id: int | None) -> Need | None:
    return next((need for need in needs if need.id == need_id), None)


def _take(form: GiveForm, refused: InvalidInput) -> None:
    """Beside the fields, whatever the service calls the line."""
    plain = InvalidInput(*((name.removeprefix("lines.0."), code) for name, code in refused.errors))
    form.take(plain, {key: str(words) for key, words in wording.REFUSALS.items()})


def _too_often(many: TooMany) -> str:
    minutes = -(-many.retry_after // 60)
    return str(
        ngettext(
            "That was tried too often. Try again in %(count)s minute.",
            "That was tried too often. Try again in %(count)s minutes.",
            minutes,
            count=number_text(minutes),
        )
    )
