"""What would be said to a time that somebody points at: before anything is filled in."""

from flask import abort, render_template, request

from app.booking.views.asking import opened
from app.booking.views.blueprint import Answer, blueprint
from app.web import access


@blueprint.get("/bookings/look")
@access.public
def look() -> Answer:
    """The verdicts of the request page for this equipment and time, without the page around them."""
    asking = opened(request.args, csrf=False)
    if not asking.equipment:
        abort(404)
    asking.look()
    return render_template("booking/_look.html", asking=asking), 200 if asking.found else 422
