"""The OpenAPI 3.1 document, made from the routes themselves."""

from typing import Any

from flask import Flask
from flask_smorest import Api

from app.api.problems import MEDIA_TYPE
from app.api.v1.schemas import ProblemSchema

TITLE = "Kargah"
VERSION = "1.0.0"
DESCRIPTION = (
    "Find and book laboratory equipment. Every call carries a bearer token of a person and can do what "
    "that person can. Times are sent with an offset and answered in UTC. Unknown fields are refused."
)


class KargahApi(Api):
    """flask-smorest with our errors: it documents, app.api.problems answers."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Each Resource has its own handlers; one for the whole application would take over its pages."""

    def _register_responses(self) -> None:
        problem: dict[str, Any] = {
            "description": "The request was refused; `code` says why.",
            "content": {MEDIA_TYPE: {"schema": ProblemSchema}},
        }
        self.spec.components.response("Problem", problem)
        # gunicorn refuses a request line of more than 4094 octets itself, before any of our code.
        too_long = {
            "description": "The address is too long; the server says so, and not as a problem document.",
            "content": {"text/html": {"schema": {"type": "string"}}, **problem["content"]},
        }
        self.spec.components.response("AddressTooLong", too_long)


def make_api(app: Flask) -> KargahApi:
    """The document of this application, to which blueprints are added."""
    api = KargahApi(
        spec_kwargs={
            "title": TITLE,
            "version": VERSION,
            "openapi_version": "3.1.0",
            "info": {"description": DESCRIPTION},
            "servers": [{"url": app.config["PUBLIC_URL"]}],
            "security": [{"bearer": []}],
        }
    )
    api.init_app(app)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    return api
