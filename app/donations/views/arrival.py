"""What arrives, how it is found, and where it goes into service."""

from flask import request
from flask_babel import gettext as _

from app.accounts.viewer import person
from app.core.errors import Forbidden, NotFound, WrongState
from app.donations.pages.offer import OfferPage
from app.donations.pages.tasks import (
    commission_form,
    inspect_form,
    labs_to_commission,
    new_delivery_form,
)
from app.donations.queries.offers import get_offer
from app.donations.queries.story import Copy
from app.donations.rules.states import Result, Verb
from app.donations.services.deliver import commission, inspect, receive
from app.donations.views.blueprint import blueprint
from app.donations.views.offers import Answer, done, in_the_way, not_now, page_of
from app.inventory.models import UnitStatus
from app.web import access


@blueprint.post("/donations/<int:offer_id>/deliveries")
@access.signed_in
def deliver(offer_id: int) -> Answer:
    offer = get_offer(person(), offer_id)
    refusal = not_now(offer, Verb.DELIVER)
    if refusal:
        return in_the_way(offer_id, refusal)
    form = new_delivery_form(OfferPage(offer, person()))
    if not form.validate():
        return page_of(offer, status=422, refused={"receive": form})
    lines = form.arrived()
    return done(
        offer_id,
        lambda: receive(actor=person(), offer_id=offer_id, lines=lines),
        _("The delivery is entered. What came whole awaits inspection."),
        name="receive",
        form=form,
    )


@blueprint.post("/donations/<int:offer_id>/units/<int:unit_id>/inspect")
@access.signed_in
def look(offer_id: int, unit_id: int) -> Answer:
    """Write down what was found; the button pressed is the result."""
    get_offer(person(), offer_id)
    form = inspect_form(unit_id)
    said = request.form.get("result", "")
    if said not in set(Result):
        raise NotFound
    result = Result(said)
    if not form.validate():
        refused = {f"inspect-{unit_id}": form}
        return page_of(get_offer(person(), offer_id), status=422, refused=refused)
    passed = _("It has passed. It can go into service.")
    return done(
        offer_id,
        lambda: inspect(
            actor=person(), offer_id=offer_id, unit_id=unit_id, result=result, note=form.note.data or ""
        ),
        passed if result is Result.PASS else _("Noted. It awaits another look."),
        name=f"inspect-{unit_id}",
        form=form,
    )


@blueprint.post("/donations/<int:offer_id>/units/<int:unit_id>/commission")
@access.signed_in
def into_service(offer_id: int, unit_id: int) -> Answer:
    offer = get_offer(person(), offer_id)
    page = OfferPage(offer, person())
    copy, labs = _copy(page, unit_id), labs_to_commission(person(), offer)
    if not labs:
        return in_the_way(offer_id, Forbidden())
    if copy.unit.status is not UnitStatus.INSPECTED:
        return in_the_way(offer_id, WrongState())
    form = commission_form(page, copy, labs)
    name = f"commission-{unit_id}"
    if not form.validate():
        return page_of(offer, status=422, refused={name: form})
    lab_id, equipment_id = form.where()
    return done(
        offer_id,
        lambda: commission(
            actor=person(),
            offer_id=offer_id,
            unit_id=unit_id,
            lab_id=lab_id,
            responsible=form.responsible.data or "",
            equipment_id=equipment_id,
        ),
        _("It is in service: from now on it can be booked."),
        name=name,
        form=form,
    )


def _copy(page: OfferPage, unit_id: int) -> Copy:
    """Raises NotFound for another offer's."""
    for copy in page.copies:
        if copy.unit.id == unit_id:
            return copy
    raise NotFound
