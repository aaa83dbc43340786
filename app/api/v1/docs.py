"""The document of the API, for programs and for people."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template

from app.api.outline import outline
from app.api.problems import explained
from app.web import access

docs = Blueprint("api_docs", __name__, url_prefix="/api/v1", template_folder="../templates")


def document() -> dict[str, Any]:
    """The OpenAPI document of the running application."""
    api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    found: dict[str, Any] = api.spec.to_dict()
    return found


@docs.get("/openapi.json")
@access.public
def openapi() -> Response:
    """For programs: OpenAPI 3.1."""
    return jsonify(document())


@docs.get("/docs")
@access.public
def pages() -> str:
    """For people: the same document, as a page."""
    found = document()
    return render_template(
        "api/docs.html",
        groups=outline(found),
        about=found["info"]["description"],
        version=found["info"]["version"],
        problems=explained(),
        base=current_app.config["PUBLIC_URL"],
        pace=current_app.config["API_REQUESTS_PER_MINUTE"],
    )
