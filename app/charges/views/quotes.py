"""What becomes of a booking's quote."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.viewer import person
from app.charges import papers
from app.charges.forms import OrderForm, PaidForm
from app.charges.queries.quotes import get_payable, get_quote
from app.charges.services.settle import mark_paid, set_purchase_order
from app.charges.views.blueprint import blueprint
from app.core.errors import InvalidInput, WrongState
from app.web import access


@blueprint.get("/bookings/<reference>/pro-forma.pdf")
@access.signed_in
def pro_forma(reference: str) -> Response:
    quote = get_payable(person(), reference)
    answer = Response(papers.pro_forma(quote), mimetype="application/pdf")
    saved_as = quote.reference.replace("/", "-")
    answer.headers["Content-Disposition"] = f'inline; filename="{saved_as}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.post("/bookings/<reference>/purchase-order")
@access.signed_in
def order(reference: str) -> Response:
    quote, form = get_quote(person(), reference), OrderForm()
    if not form.validate():
        return _back(quote.booking.reference, _("That number is too long."), "error")
    try:
        set_purchase_order(
            actor=person(),
            reference=reference,
            number=form.number.data or 0,
            purchase_order=form.purchase_order.data or "",
        )
    except (InvalidInput, WrongState):
        return _replaced(reference)
    return _back(reference, _("Saved."))


@blueprint.post("/bookings/<reference>/paid")
@access.signed_in
def paid(reference: str) -> Response:
    """`do` is paid or unpaid."""
    quote, form = get_quote(person(), reference), PaidForm()
    if not form.validate() or form.do.data not in ("paid", "unpaid"):
        return _back(quote.booking.reference, _("Nothing was changed."), "error")
    is_paid = form.do.data == "paid"
    try:
        mark_paid(actor=person(), reference=reference, number=form.number.data or 0, paid=is_paid)
    except WrongState:
        return _replaced(reference)
    return _back(reference, _("It is marked as paid.") if is_paid else _("It is marked as not paid."))


def _replaced(reference: str) -> Response:
    return _back(reference, _("Another quote has taken its place meanwhile. Nothing was changed."), "error")


def _back(reference: str, text: str, kind: str = "message") -> Response:
    flash(text, kind)
    return redirect(url_for("booking.show", reference=reference))
