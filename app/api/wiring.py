"""Puts the API together."""

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from app.api import problems
from app.api.document import make_api
from app.api.v1.bookings import bookings
from app.api.v1.calendar import calendar
from app.api.v1.charges import charges
from app.api.v1.comments import comments
from app.api.v1.docs import docs
from app.api.v1.donations import donations
from app.api.v1.duty import duty
from app.api.v1.equipment import equipment
from app.api.v1.faults import faults
from app.api.v1.feeds import feeds
from app.api.v1.free import free
from app.api.v1.gaps import gaps
from app.api.v1.gate import gate
from app.api.v1.labs import labs
from app.api.v1.maintenance import maintenance
from app.api.v1.me import me
from app.api.v1.misses import misses
from app.api.v1.needs import needs
from app.api.v1.offers import offers
from app.api.v1.outages import outages
from app.api.v1.refusal_templates import refusal_templates
from app.api.v1.requirements import requirements
from app.api.v1.waitlist import waitlist
from app.extensions import csrf

RESOURCES = (
    me,
    labs,
    equipment,
    requirements,
    free,
    misses,
    calendar,
    bookings,
    comments,
    refusal_templates,
    waitlist,
    outages,
    duty,
    gate,
    faults,
    maintenance,
    charges,
    feeds,
    gaps,
    needs,
    offers,
    donations,
)


def register(app: Flask) -> None:
    """Give the application the API and its document."""
    api = make_api(app)
    for resource in RESOURCES:
        csrf.exempt(resource)
        api.register_blueprint(resource)
    app.register_blueprint(docs)
    app.before_request(_refuse_unknown_addresses)


def _refuse_unknown_addresses() -> Response | None:
    """No blueprint answers for an address that leads nowhere; below /api the answer is a problem too."""
    error = request.routing_exception
    if not request.path.startswith(problems.PREFIX) or not isinstance(error, HTTPException):
        return None
    return problems.answer(error) if (error.code or 500) >= 400 else None
