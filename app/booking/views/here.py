"""The page behind the QR code at an instrument."""

from flask import render_template

from app.accounts.viewer import person
from app.booking.pages.here import HerePage
from app.booking.views.blueprint import Answer, blueprint
from app.inventory.queries.equipment import get_unit
from app.web import access


@blueprint.get("/units/<int:unit_id>/here")
@access.signed_in
def here(unit_id: int) -> Answer:
    """Who has it now and who comes next; whose it is, only for them and the lab."""
    who = person()
    equipment, unit = get_unit(who, unit_id)
    return render_template("booking/here.html", it=HerePage.of(equipment, unit, who))
