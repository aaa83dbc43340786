"""What an organisation used in a month: as a page, on paper, as a table."""

from collections.abc import Sequence

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Organisation
from app.accounts.viewer import person
from app.charges import papers, wording
from app.charges.permissions import may_settle
from app.charges.queries.sites import must_charge
from app.charges.queries.statements import Entry, get_statement, list_with_use
from app.charges.rules.months import Month
from app.charges.views.blueprint import blueprint
from app.core.errors import NotFound
from app.core.i18n import language, localized
from app.core.money import major_units
from app.core.tables import Cell, workbook_file
from app.inventory.queries.places import home_today
from app.web import access
from app.web.downloads import download


@blueprint.get("/statements")
@access.signed_in
def statements() -> str:
    """One's own organisation's, or that of `organisation`; the office without one: whose there are."""
    must_charge()
    month, own = _month(), _own()
    wanted = request.args.get("organisation", type=int) or (own[0].id if own else None)
    if wanted is None and not may_settle(person()):
        raise NotFound
    it = get_statement(person(), wanted, month) if wanted is not None else None
    choices = list_with_use(month) if may_settle(person()) else own
    if it is not None and it.organisation not in choices:
        choices = [it.organisation, *choices]
    return render_template(
        "charges/statements.html" if it is None else "charges/statement.html",
        it=it,
        organisations=choices,
        chosen=wanted,
        month=month,
        words=wording,
        previous=_address(month.before, wanted),
        next=_address(month.after, wanted) if month.after.first <= home_today() else None,
    )


@blueprint.get("/statements/file/<form>")
@access.signed_in
def statement_file(form: str) -> Response:
    """The same on paper (pdf), or as a table (xlsx)."""
    must_charge()
    own = _own()
    wanted = request.args.get("organisation", type=int) or (own[0].id if own else None)
    if wanted is None or form not in ("pdf", "xlsx"):
        raise NotFound
    statement = get_statement(person(), wanted, _month())
    if form == "xlsx":
        header, rows = _header(), [_line(entry) for entry in statement.entries]
        return download(
            workbook_file("Statement", header, rows), name=f"statement-{statement.month}", ending="xlsx"
        )
    answer = Response(papers.statement(statement), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="statement-{statement.month}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _month() -> Month:
    """The one asked for; else this one, of the reader's calendar."""
    try:
        return Month.read(request.args.get("month", ""))
    except ValueError:
        return Month.holding(home_today(), jalali=language() == "fa")


def _own() -> Sequence[Organisation]:
    own = (one.organisation for one in person().memberships if one.ended_at is None)
    return sorted(own, key=lambda one: one.id)


def _address(month: Month, organisation_id: int | None) -> str:
    return url_for("charges.statements", month=str(month), organisation=organisation_id)


def _header() -> list[str]:
    return [
        _("Begins"),
        _("Ends"),
        _("Booking"),
        _("Lab"),
        _("Equipment"),
        _("How many"),
        _("What became of it"),
        _("Amount"),
        _("Currency"),
        _("Quote"),
        _("Purchase order"),
        _("Paid on"),
    ]


def _line(entry: Entry) -> Sequence[Cell]:
    zone, quote = entry.equipment.lab.site.zone, entry.quote
    begins, ends = entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone)
    return [
        f"{begins:%Y-%m-%d %H:%M}",
        f"{ends:%Y-%m-%d %H:%M}",
        entry.booking.reference,
        localized(entry.equipment.lab),
        localized(entry.equipment),
        entry.quantity,
        str(wording.KINDS[entry.kind]),
        major_units(entry.amount, entry.currency) if entry.amount is not None and entry.currency else None,
        entry.currency,
        quote.reference if quote else None,
        quote.purchase_order if quote else None,
        quote.paid_at.astimezone(zone).date() if quote and quote.paid_at else None,
    ]
