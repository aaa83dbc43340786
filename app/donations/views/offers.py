"""Offers: the list, each of them, and the donor's word to take one back."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.viewer import person
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.donations import path_wording, wording
from app.donations.forms.handling import HandlingForm, OffersForm
from app.donations.models import Offer
from app.donations.pages.offer import OfferPage, listed
from app.donations.pages.tasks import Refused, giver_refused, tasks_of
from app.donations.permissions import may_decide, may_offer_for, may_see_offers
from app.donations.queries.board import Board, Tab, search_offers
from app.donations.queries.offers import get_offer, labs_of
from app.donations.rules.states import OPEN, Verb, after
from app.donations.services.offer import submit_offer, withdraw_offer
from app.donations.views.blueprint import blueprint
from app.web import access
from app.web.once import do_once

Answer = str | Response | tuple[str, int]


@blueprint.get("/donations")
@access.signed_in
def index() -> str:
    """One's own organisations' offers; all of them, by what is to be done, for the staff."""
    who, form = person(), OffersForm.of(request.args)
    is_staff = may_see_offers(who)
    tab = _tab() if is_staff else None
    found = search_offers(
        who,
        tab=tab,
        q=form.q.data or "",
        sort=form.wanted_sort(),
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "donations/index.html",
        form=form,
        found=found,
        rows=listed(found.items),
        tab=tab,
        tabs=path_wording.TABS,
        is_staff=is_staff,
        how_many=path_wording.how_many,
        wording=wording,
        previous=_page(found, -1),
        next=_page(found, 1),
    )


@blueprint.get("/donations/<int:offer_id>")
@access.signed_in
def show(offer_id: int) -> Answer:
    return page_of(get_offer(person(), offer_id))


@blueprint.post("/donations/<int:offer_id>/submit")
@access.signed_in
def submit(offer_id: int) -> Answer:
    """Hand in a draft. What is wrong with it by now is said on its page."""
    try:
        return done(
            offer_id, lambda: submit_offer(actor=person(), offer_id=offer_id), _("The offer is handed in.")
        )
    except InvalidInput as refused:
        said = " ".join(str(path_wording.REFUSALS.get(code, code)) for _field, code in refused.errors)
        return page_of(get_offer(person(), offer_id), status=422, said=said)


@blueprint.get("/donations/<int:offer_id>/withdraw")
@access.signed_in
def ask_withdraw(offer_id: int) -> Answer:
    offer = get_offer(person(), offer_id)
    page = OfferPage(offer, person())
    if not page.gives:
        raise Forbidden
    if not page.may_withdraw:
        return in_the_way(offer_id, WrongState())
    return render_template("donations/withdraw.html", it=page, how_many=path_wording.how_many)


@blueprint.post("/donations/<int:offer_id>/withdraw")
@access.signed_in
def withdraw(offer_id: int) -> Answer:
    return done(
        offer_id, lambda: withdraw_offer(actor=person(), offer_id=offer_id), _("The offer is taken back.")
    )


def page_of(
    offer: Offer, *, status: int = 200, said: str | None = None, refused: Refused | None = None
) -> Answer:
    """The page of one offer; with what is in the way, and a form that was refused as it was typed."""
    page = OfferPage(offer, person())
    return render_template(
        "donations/show.html",
        it=page,
        offer=offer,
        tasks=tasks_of(page, refused or {}),
        refused=refused or {},
        said=said,
        impact=url_for("donations.impact", offer_id=offer.id) if page.arrival.working else None,
        wording=wording,
        words=path_wording,
    ), status


def done(
    offer_id: int,
    work: Callable[[], object],
    flashed: str,
    *,
    name: str = "",
    form: HandlingForm | None = None,
) -> Answer:
    """Do it once and go back to the offer, or show it with what is in the way.

    `form` is what was sent, and `name` that of its task: it stands on the page as it was typed.
    """

    def then() -> str:
        work()
        return url_for("donations.show", offer_id=offer_id)

    try:
        path = do_once(person().id, then)
    except InvalidInput as problems:
        if form is None:
            raise
        form.take_codes(problems)
        return page_of(get_offer(person(), offer_id), status=422, refused={name: form})
    except (WrongState, Forbidden) as refusal:
        return in_the_way(offer_id, refusal)
    flash(flashed)
    return redirect(path)


def in_the_way(offer_id: int, refusal: WrongState | Forbidden) -> Answer:
    """The offer as it stands now, and why what was asked is not done."""
    offer = get_offer(person(), offer_id)
    if isinstance(refusal, WrongState):
        said = _("Nothing was changed: it has moved on since. Look at how it stands, and go on from there.")
        return page_of(offer, status=409, said=said)
    if may_offer_for(person(), offer.organisation_id):
        return page_of(offer, status=403, said=giver_refused(offer))
    said = _("Nothing was changed: others do this. The page says who.")
    return page_of(offer, status=403, said=said)


def not_now(offer: Offer, verb: Verb | None = None) -> WrongState | Forbidden | None:
    """Why the reader does not do this to the offer now: asked before what was typed is looked at.

    Without a verb it is a promise to a need, which is made as long as the offer is open.
    """
    if not may_decide(person(), offer, labs_of(offer)):
        return Forbidden()
    fits = after(verb, offer.state) is not None if verb else offer.state in OPEN
    return None if fits else WrongState()


def _tab() -> Tab | None:
    """What waits for an answer first; None for all of them."""
    asked = request.args.get("tab", "")
    if asked == "all":
        return None
    return Tab(asked) if asked in set(Tab) else Tab.TO_ANSWER


def _page(found: Board, step: int) -> str | None:
    """The address of a neighbouring page of the same search."""
    number = found.page + step
    if not 1 <= number <= found.pages:
        return None
    kept = {name: value for name, value in request.args.items() if value and name not in ("page", "lang")}
    return url_for("donations.index", **kept, page=number)  # type: ignore[arg-type]
