"""The link in the mail of somebody without an account: confirming, and later following the offer."""

from flask import redirect, render_template, request, url_for

from app.accounts.errors import LinkUnusable
from app.accounts.models import Organisation
from app.accounts.viewer import viewer
from app.core.errors import InvalidInput
from app.donations import wording
from app.donations.errors import SignInFirst
from app.donations.forms.giving import ConfirmForm
from app.donations.models import GuestOffer
from app.donations.queries.guests import account_of, find_followed_offer, find_guest_offer
from app.donations.services.guest import confirm_guest_offer
from app.donations.views.blueprint import blueprint
from app.donations.views.give import Answer
from app.web import access


@blueprint.get("/donate/confirm/<token>")
@access.public
def confirm(token: str) -> Answer:
    """What would be offered, or what became of it. Looking confirms nothing: mail scanners look."""
    guest = _guest(token)
    if guest.offer_id is not None:
        return render_template(
            "donations/followed.html", offer=find_followed_offer(guest), guest=guest, wording=wording
        )
    return _page(token, guest, ConfirmForm.of(_own(guest)))


@blueprint.post("/donate/confirm/<token>")
@access.public
def confirmed(token: str) -> Answer:
    guest = _guest(token)
    form = ConfirmForm.of(_own(guest))
    if not form.validate():
        return _page(token, guest, form), 422
    try:
        confirm_guest_offer(
            actor=viewer(), token=token, organisation_id=form.organisation.data if _own(guest) else None
        )
    except SignInFirst:
        return _page(token, guest, form), 403
    except InvalidInput as refused:
        form.take(refused, {key: str(words) for key, words in wording.REFUSALS.items()})
        return _page(token, guest, form), 422
    return redirect(url_for("donations.confirm", token=token))


def _guest(token: str) -> GuestOffer:
    found = find_guest_offer(token)
    if found is None:
        raise LinkUnusable
    return found


def _own(guest: GuestOffer) -> list[Organisation]:
    """The organisations of the owner of the address, if that is who has signed in."""
    who = viewer()
    if who is None or who.email != guest.email:
        return []
    return [membership.organisation for membership in who.memberships if membership.ended_at is None]


def _page(token: str, guest: GuestOffer, form: ConfirmForm) -> str:
    account, who = account_of(guest), viewer()
    return render_template(
        "donations/confirm.html",
        token=token,
        guest=guest,
        form=form,
        own=_own(guest),
        sign_in=account is not None and (who is None or who.id != account.id),
        here=request.path,
        wording=wording,
    )
