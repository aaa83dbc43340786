"""What a gift has served: the donor's page, and a letter to keep."""

from flask import render_template

from app.accounts.viewer import person
from app.core.i18n import direction, language
from app.donations import impact_wording, wording
from app.donations.pages.impact import ImpactPage
from app.donations.pages.offer import OfferPage
from app.donations.queries.impact import find_impact
from app.donations.queries.offers import get_offer
from app.donations.rules.impact import gregorian_month, jalali_month
from app.donations.views.blueprint import blueprint
from app.web import access


@blueprint.get("/donations/<int:offer_id>/impact")
@access.signed_in
def impact(offer_id: int) -> str:
    """For who may see the offer; before anything of it is in service, what has to happen first."""
    offer = get_offer(person(), offer_id)
    page = OfferPage(offer, person())
    # The months are those of the reader's calendar.
    found = find_impact(offer, jalali_month if language() == "fa" else gregorian_month, page.zone)
    if found is None:
        return render_template("donations/impact_ahead.html", it=page, offer=offer, wording=wording)
    return render_template(
        "donations/impact.html",
        it=ImpactPage(page, found),
        offer=offer,
        impact=found,
        zone=page.zone,
        today=page.today,
        words=impact_wording,
        rtl=direction() == "rtl",
    )
