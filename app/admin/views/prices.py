"""What the labs ask for: lists of prices, each from a day on."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Role
from app.accounts.viewer import person
from app.admin.accepting import accepted
from app.admin.managed import managed_lab
from app.admin.price_forms import PriceListForm
from app.charges import wording
from app.charges.queries.prices import list_price_lists
from app.charges.queries.sites import charging_labs, must_charge
from app.charges.rules.money import usual_currency
from app.charges.services.prices import set_prices
from app.core.clock import now
from app.core.errors import NotFound
from app.inventory.models import Lab
from app.inventory.queries.equipment import list_of_labs
from app.inventory.queries.places import list_managed_labs
from app.web import access

blueprint = Blueprint("admin_prices", __name__, url_prefix="/admin/prices", template_folder="../templates")
managers = access.requires(Role.ADMIN, Role.MANAGER)

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@managers
def index() -> Answer:
    must_charge()
    labs = list_managed_labs(person())
    charging = charging_labs([lab.id for lab in labs])
    return render_template("admin/price_labs.html", labs=[lab for lab in labs if lab.id in charging])


@blueprint.get("/lab/<int:lab_id>")
@managers
def lab(lab_id: int) -> Answer:
    """`copy` is the number of a list to begin with; without it, with the newest."""
    found = _charging(lab_id)
    return _page(found, _form(found, formdata=None))


@blueprint.post("/lab/<int:lab_id>")
@managers
def add(lab_id: int) -> Answer:
    found = _charging(lab_id)
    form = _form(found)
    if accepted(
        form,
        lambda: set_prices(actor=person(), lab_id=lab_id, **form.values()),
        wording.REFUSED,
    ):
        flash(_("Saved. What is asked for from now on is priced by this; quotes stay as they are."))
        return redirect(url_for("admin_prices.lab", lab_id=lab_id))
    return _page(found, form), 422


def _charging(lab_id: int) -> Lab:
    """Raises NotFound where it is not this person's, and where its site asks for no money."""
    found = managed_lab(lab_id)
    if not charging_labs([found.id]):
        raise NotFound
    return found


def _form(lab: Lab, **more: object) -> PriceListForm:
    kept = list_price_lists([lab.id])
    number = request.args.get("copy", type=int)
    copied = next((one for one in kept if one.id == number), None) or next(iter(kept), None)
    tomorrow = now().astimezone(lab.site.zone).date() + timedelta(days=1)
    form = PriceListForm.of(copied, usual_currency(lab.site.country), tomorrow, **more)
    form.offer(list_of_labs([lab.id]))
    return form


def _page(lab: Lab, form: PriceListForm) -> str:
    return render_template(
        "admin/prices.html",
        lab=lab,
        form=form,
        lists=list_price_lists([lab.id]),
        today=now().astimezone(lab.site.zone).date(),
        words=wording,
    )
