"""What hangs at a lab's door: a screen that says what is free, and a printed sign."""

from flask import Response, render_template, request, url_for

from app.core.clock import now
from app.inventory.queries.places import get_lab_by_slug
from app.site import door_sign
from app.site.views.blueprint import blueprint
from app.site.wall import Wall
from app.web import access
from app.web.links import public_address
from app.web.page import THEMES


@blueprint.get("/labs/<slug>/wall")
@access.public
def wall(slug: str) -> str:
    """For a screen of its own: no menu, no names, fresh every minute. `theme` is light or dark."""
    theme = request.args.get("theme")
    return render_template(
        "site/wall.html", it=Wall.of(get_lab_by_slug(slug), now()), theme=theme if theme in THEMES else None
    )


@blueprint.get("/labs/<slug>/sign")
@access.public
def sign(slug: str) -> str:
    """What the sign says, with the way to its paper."""
    lab = get_lab_by_slug(slug)
    return render_template(
        "site/sign.html",
        lab=lab,
        names=door_sign.names(lab),
        hours=door_sign.hours(lab),
        address=_address(slug),
    )


@blueprint.get("/labs/<slug>/sign.pdf")
@access.public
def sign_on_paper(slug: str) -> Response:
    """One page of A4 in the reader's language."""
    answer = Response(door_sign.draw(get_lab_by_slug(slug), _address(slug)), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="sign-{slug}.pdf"'
    answer.vary.update(("Accept-Language", "Cookie"))
    return answer


def _address(slug: str) -> str:
    return public_address(url_for("inventory.lab", slug=slug))
