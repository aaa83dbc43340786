"""The university's answer: take up, accept, decline, promise to a need, sign."""

from datetime import date

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.viewer import person
from app.core.errors import InvalidInput, NotFound
from app.donations.errors import OverPromised
from app.donations.forms.handling import AgreementForm, DeclineForm
from app.donations.pages.offer import OfferPage
from app.donations.pages.tasks import new_allocate_form
from app.donations.path_wording import how_many
from app.donations.queries.offers import get_offer
from app.donations.rules.states import Verb
from app.donations.services.decide import (
    accept_offer,
    allocate,
    decline_offer,
    review_offer,
    sign_agreement,
)
from app.donations.services.files import Stored
from app.donations.uploads import stored, taken
from app.donations.views.blueprint import blueprint
from app.donations.views.offers import Answer, done, in_the_way, not_now, page_of
from app.web import access
from app.web.formats import number_text


@blueprint.post("/donations/<int:offer_id>/review")
@access.signed_in
def review(offer_id: int) -> Answer:
    return done(
        offer_id,
        lambda: review_offer(actor=person(), offer_id=offer_id),
        _("You have taken it up. The donor sees that it is under review."),
    )


@blueprint.post("/donations/<int:offer_id>/accept")
@access.signed_in
def accept_it(offer_id: int) -> Answer:
    return done(
        offer_id,
        lambda: accept_offer(actor=person(), offer_id=offer_id),
        _("It is accepted. The agreement comes next."),
    )


@blueprint.get("/donations/<int:offer_id>/decline")
@access.signed_in
def ask_decline(offer_id: int) -> Answer:
    refusal = not_now(get_offer(person(), offer_id), Verb.DECLINE)
    if refusal:
        return in_the_way(offer_id, refusal)
    return _decline(offer_id, DeclineForm(formdata=None))


@blueprint.post("/donations/<int:offer_id>/decline")
@access.signed_in
def decline(offer_id: int) -> Answer:
    form, refusal = DeclineForm(), not_now(get_offer(person(), offer_id), Verb.DECLINE)
    if refusal:
        return in_the_way(offer_id, refusal)
    if not form.validate():
        return _decline(offer_id, form), 422
    try:
        return done(
            offer_id,
            lambda: decline_offer(actor=person(), offer_id=offer_id, reason=form.reason.data or ""),
            _("It is declined. The donor reads your reason."),
        )
    except InvalidInput as refused:
        form.take_codes(refused)
        return _decline(offer_id, form), 422


@blueprint.post("/donations/<int:offer_id>/allocations")
@access.signed_in
def promise(offer_id: int) -> Answer:
    """So many of a line for a need; what is too much is said beside the field."""
    offer = get_offer(person(), offer_id)
    refusal = not_now(offer)
    if refusal:
        return in_the_way(offer_id, refusal)
    form = new_allocate_form(OfferPage(offer, person()))
    if form is None:
        raise NotFound
    if not form.validate():
        return page_of(offer, status=422, refused={"allocate": form})
    try:
        return done(
            offer_id,
            lambda: allocate(
                actor=person(),
                offer_id=offer_id,
                line_id=form.line.data,
                need_id=form.need.data,
                quantity=form.quantity.data or 0,
                standby=form.standby.data,
            ),
            _("It is promised to the need."),
            name="allocate",
            form=form,
        )
    except OverPromised as refused:
        form.quantity.errors = [_too_much(refused.params["left"])]
        return page_of(get_offer(person(), offer_id), status=409, refused={"allocate": form})


@blueprint.post("/donations/<int:offer_id>/agreement")
@access.signed_in
def agree(offer_id: int) -> Answer:
    offer, form = get_offer(person(), offer_id), AgreementForm()
    refusal = not_now(offer, Verb.AGREE)
    if refusal:
        return in_the_way(offer_id, refusal)
    if not form.validate():
        return page_of(offer, status=422, refused={"agree": form})
    try:
        letter = _letter(form)
    except InvalidInput as refused:
        form.letter.errors = []
        form.take_codes(InvalidInput(*(("letter", code) for _field, code in refused.errors)))
        return page_of(offer, status=422, refused={"agree": form})
    return done(
        offer_id,
        lambda: sign_agreement(
            actor=person(),
            offer_id=offer_id,
            number=form.number.data or "",
            signed_on=form.signed_on.data or date.max,
            letter=letter,
        ),
        _("The agreement is recorded. Delivery comes next."),
        name="agree",
        form=form,
    )


def _letter(form: AgreementForm) -> Stored | None:
    """The file on disk. Raises InvalidInput about `file`."""
    return stored(taken(form.letter.data, is_signed=True)) if form.letter.data else None


def _too_much(left: int) -> str:
    if not left:
        return str(_("Everything is promised already. Choose another need, or let yours stand by."))
    return str(
        ngettext(
            "Only %(shown)s more can be promised. Write that, or let the rest stand by.",
            "Only %(shown)s more can be promised. Write that, or let the rest stand by.",
            left,
            shown=number_text(left),
        )
    )


def _decline(offer_id: int, form: DeclineForm) -> str:
    page = OfferPage(get_offer(person(), offer_id), person())
    return render_template("donations/decline.html", it=page, form=form, how_many=how_many)
