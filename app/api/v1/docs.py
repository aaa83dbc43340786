"""The document of the API, for programs and for people."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify

from app.web import access

docs = Blueprint("api_docs", __name__, url_prefix="/api/v1")


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
