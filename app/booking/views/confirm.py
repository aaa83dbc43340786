"""Taking over a request that was made with one's address by somebody who was not signed in."""

from flask import redirect, render_template, request
from flask_babel import gettext as _

from app.accounts.errors import LinkUnusable
from app.accounts.models import TokenPurpose, User
from app.accounts.queries import find_usable_link
from app.accounts.viewer import person
from app.booking.errors import OutsidePolicy
from app.booking.forms import TakeOverForm
from app.booking.pages.booking import BookingPage
from app.booking.queries.bookings import list_unconfirmed
from app.booking.services.confirm import take_over_request
from app.booking.verdicts import Severity
from app.booking.views.blueprint import Answer, blueprint, path_to
from app.booking.wording import worded
from app.core.errors import NotFound
from app.core.i18n import localized
from app.core.text import isolated
from app.web import access
from app.web.forms import choices_of
from app.web.once import do_once

TYPED = "typed"
LONGEST_ID = 9


@blueprint.get("/bookings/confirm/<token>")
@access.signed_in
def take_over(token: str) -> Answer:
    """What would be asked. Looking asks nothing: a stranger may have typed it."""
    page = _unconfirmed(person(), token)
    return _page(page, _form(page), token)


@blueprint.post("/bookings/confirm/<token>")
@access.signed_in
def confirm(token: str) -> Answer:
    who, organisation_id = person(), _chosen()
    try:
        return redirect(
            do_once(
                who.id,
                lambda: path_to(take_over_request(actor=who, token=token, organisation_id=organisation_id)),
            )
        )
    except OutsidePolicy as refused:
        page = _unconfirmed(who, token)
        form = _form(page)
        blocks = (one for one in refused.verdicts if one.severity is Severity.BLOCK)
        form.form_errors.extend(worded(one, page.zone).text for one in blocks)
        return _page(page, form, token, 422)


def _chosen() -> int | None:
    """The organisation; None is the company that was typed. Whose it is, the service looks at."""
    chosen = request.form.get("organisation", "")
    if chosen == TYPED:
        return None
    if not chosen.isascii() or not chosen.isdecimal() or len(chosen) > LONGEST_ID:
        raise NotFound
    return int(chosen)


def _unconfirmed(who: User, token: str) -> BookingPage:
    """The request behind the link in this person's mail. Raises LinkUnusable."""
    link = find_usable_link(TokenPurpose.TAKE_OVER, token)
    if link is None or link.user_id is None or link.organisation_id is None or link.email != who.email:
        raise LinkUnusable
    dates = list_unconfirmed(link.user_id, link.organisation_id)
    if not dates:
        raise LinkUnusable
    return BookingPage.of(dates[0].booking, who)


def _form(page: BookingPage) -> TakeOverForm:
    """One's own organisations come first: who has one rarely means another."""
    own = sorted((m.organisation for m in page.who.memberships if m.ended_at is None), key=lambda one: one.id)
    typed = _("%(company)s, as a new company", company=isolated(localized(page.booking.organisation)))
    form = TakeOverForm()
    form.organisation.choices = choices_of({**{one.id: localized(one) for one in own}, TYPED: typed})
    return form


def _page(page: BookingPage, form: TakeOverForm, token: str, status: int = 200) -> Answer:
    return render_template("booking/take_over.html", it=page, form=form, token=token), status
