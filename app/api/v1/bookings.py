"""Bookings: the dry run, the request, and the verbs."""

from collections.abc import Callable, Sequence
from typing import Any

from app.accounts.models import User
from app.api import paging
from app.api.resource import Resource
from app.api.v1 import refusals
from app.api.v1.booking_answers import (
    BookingSchema,
    BookingsSchema,
    EvaluationSchema,
    evaluation_told,
    told,
    told_all,
)
from app.api.v1.booking_schemas import (
    AcceptSchema,
    AddSchema,
    ApproveSchema,
    Asked,
    BookingsQuery,
    CancelSchema,
    CheckSchema,
    DecideSchema,
    DeclineSchema,
    ExtendSchema,
    MoveSchema,
    NewBookingSchema,
    NotedSchema,
    PassOnSchema,
    ProposeSchema,
    overriding,
)
from app.api.v1.schemas import NothingSchema
from app.booking.models import Booking, Occurrence
from app.booking.permissions import may_accept, may_change, may_decide, may_pass_on, may_use
from app.booking.queries.bookings import get_booking, list_bookings
from app.booking.services.add import add_dates
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking, decide_dates, propose_time
from app.booking.services.evaluate import Evaluation
from app.booking.services.extend import extend_use
from app.booking.services.move import check_move, move_booking
from app.booking.services.newcomers import check_dates_for_company, request_for_company
from app.booking.services.pass_on import pass_on
from app.booking.services.propose import accept_proposal
from app.booking.services.refuse import refuse_booking
from app.booking.services.request import check_dates, request_booking
from app.booking.services.sample_steps import may_serve, receive_samples, return_samples
from app.booking.services.use import check_in, check_out
from app.core.errors import Forbidden

bookings = Resource("bookings", __name__, "Asking for equipment, and what becomes of it.")


def to_read(actor: User, reference: str) -> Booking:
    return get_booking(actor, reference)


def for_who(may: Callable[[User, Booking], bool]) -> Callable[[User, str], Booking]:
    """Finds the booking for somebody who may do this with it; raises Forbidden to others who see it."""

    def find(actor: User, reference: str) -> Booking:
        booking = get_booking(actor, reference)
        if not may(actor, booking):
            raise Forbidden
        return booking

    return find


to_accept, to_change, to_decide = for_who(may_accept), for_who(may_change), for_who(may_decide)
to_pass_on, to_serve, to_use = for_who(may_pass_on), for_who(may_serve), for_who(may_use)


@bookings.operation("POST", "/bookings/check", body=CheckSchema, answer=EvaluationSchema, works=False)
def check(*, actor: User, body: Asked) -> dict[str, Any]:
    """What would be said to this request now; changes nothing"""
    return evaluation_told(_evaluated(actor, body))


@bookings.operation("POST", "/bookings", body=NewBookingSchema, answer=BookingSchema, status=201)
def request(*, actor: User, body: Asked) -> dict[str, Any]:
    """Ask for equipment: all of it or nothing"""
    with refusals.alternatives_from(lambda: _evaluated(actor, body)[0], one_date=not body.request.recurrence):
        return told(_request(actor, body))


@bookings.operation("GET", "/bookings", query=BookingsQuery, answer=BookingsSchema)
def list_visible(*, actor: User, query: dict[str, Any]) -> dict[str, Any]:
    """The bookings you may see, newest first"""
    found: Sequence[Booking] = list_bookings(
        actor,
        states=query["state"],
        mine=query["mine"],
        before=query.get("after"),
        limit=query["limit"] + 1,
    )
    page = paging.page(found, query["limit"], lambda booking: booking.id)
    return page | {"items": told_all(page["items"])}


@bookings.operation("GET", "/bookings/<reference>", booking=to_read, answer=BookingSchema)
def show(*, booking: Booking) -> dict[str, Any]:
    """One booking"""
    return told(booking)


@bookings.operation(
    "POST", "/bookings/<reference>/approve", booking=to_decide, body=ApproveSchema, answer=BookingSchema
)
def approve(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Say yes for the labs you decide in"""
    return told(
        approve_booking(
            actor=actor,
            reference=booking.reference,
            occurrence_ids=body["occurrences"],
            note=body["note"],
            override=overriding(body),
        )
    )


@bookings.operation(
    "POST", "/bookings/<reference>/decline", booking=to_decide, body=DeclineSchema, answer=BookingSchema
)
def decline(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Say no, and why"""
    return told(
        refuse_booking(
            actor=actor,
            reference=booking.reference,
            occurrence_ids=body["occurrences"],
            reason_code=body["reason_code"],
            reason=body.get("reason", ""),
            template_id=body["template"],
        )
    )


@bookings.operation(
    "POST", "/bookings/<reference>/cancel", booking=to_change, body=CancelSchema, answer=BookingSchema
)
def cancel(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Call it off"""
    return told(
        cancel_booking(
            actor=actor,
            reference=booking.reference,
            occurrence_ids=body["occurrences"],
            and_following=body["and_following"],
            note=body["note"],
        )
    )


@bookings.operation(
    "POST", "/bookings/<reference>/add", booking=to_change, body=AddSchema, answer=BookingSchema
)
def add(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Ask for dates of a series that were skipped"""
    return told(add_dates(actor=actor, reference=booking.reference, skipped_ids=body["skipped"]))


@bookings.operation(
    "POST", "/bookings/<reference>/decide", booking=to_decide, body=DecideSchema, answer=BookingSchema
)
def decide(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Answer each date with its own yes or no, in one go"""
    return told(decide_dates(actor=actor, reference=booking.reference, answers=body["answers"]))


@bookings.operation(
    "POST", "/bookings/<reference>/move", booking=to_change, body=MoveSchema, answer=BookingSchema
)
def move(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Put a date on another time; the lab may have to agree again"""
    with refusals.alternatives_from(lambda: check_move(date=_date_of(booking, body), span=body["span"])):
        return told(
            move_booking(
                actor=actor,
                reference=booking.reference,
                occurrence_ids=body["occurrences"],
                span=body["span"],
                message=body["message"],
                override=overriding(body),
            )
        )


@bookings.operation(
    "POST", "/bookings/<reference>/check-in", booking=to_use, body=NotedSchema, answer=BookingSchema
)
def come(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Say that they came: its units are theirs from now on"""
    return told(
        check_in(
            actor=actor,
            reference=booking.reference,
            occurrence_ids=body["occurrences"],
            note=body["note"],
        )
    )


@bookings.operation(
    "POST", "/bookings/<reference>/check-out", booking=to_use, body=NotedSchema, answer=BookingSchema
)
def leave(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Say that they left: the rest of the time is free at once"""
    return told(
        check_out(
            actor=actor,
            reference=booking.reference,
            occurrence_ids=body["occurrences"],
            note=body["note"],
        )
    )


@bookings.operation(
    "POST", "/bookings/<reference>/extend", booking=to_use, body=ExtendSchema, answer=BookingSchema
)
def extend(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Stay longer, while it is in use"""
    return told(
        extend_use(
            actor=actor,
            reference=booking.reference,
            occurrence_ids=body["occurrences"],
            ends_at=body["ends_at"],
        )
    )


@bookings.operation(
    "POST", "/bookings/<reference>/hand-over", booking=to_pass_on, body=PassOnSchema, answer=BookingSchema
)
def hand_over(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Let a colleague look after it"""
    return told(pass_on(actor=actor, reference=booking.reference, user_id=body["user"]))


@bookings.operation(
    "POST",
    "/bookings/<reference>/receive-samples",
    booking=to_serve,
    body=NothingSchema,
    answer=BookingSchema,
)
def receive(*, actor: User, booking: Booking) -> dict[str, Any]:
    """Say that the samples are in the lab"""
    return told(receive_samples(actor=actor, reference=booking.reference))


@bookings.operation(
    "POST", "/bookings/<reference>/return-samples", booking=to_serve, body=NothingSchema, answer=BookingSchema
)
def send_back(*, actor: User, booking: Booking) -> dict[str, Any]:
    """Say that the samples were sent back"""
    return told(return_samples(actor=actor, reference=booking.reference))


@bookings.operation(
    "POST", "/bookings/<reference>/propose", booking=to_decide, body=ProposeSchema, answer=BookingSchema
)
def propose(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Name another time for a date: it is held for the company's answer"""
    with refusals.alternatives_from(lambda: check_move(date=_date_of(booking, body), span=body["span"])):
        return told(
            propose_time(
                actor=actor,
                reference=booking.reference,
                occurrence_ids=body["occurrences"],
                span=body["span"],
                message=body["message"],
                override=overriding(body),
            )
        )


@bookings.operation(
    "POST", "/bookings/<reference>/accept", booking=to_accept, body=AcceptSchema, answer=BookingSchema
)
def accept(*, actor: User, booking: Booking, body: dict[str, Any]) -> dict[str, Any]:
    """Take the other time that the lab named"""
    return told(accept_proposal(actor=actor, reference=booking.reference, occurrence_ids=body["occurrences"]))


def _request(actor: User, asked: Asked) -> Booking:
    if asked.company is None:
        return request_booking(actor=actor, request=asked.request)
    return request_for_company(actor=actor, company=asked.company, request=asked.request)


def _evaluated(actor: User, asked: Asked) -> Sequence[Evaluation]:
    if asked.company is None:
        return check_dates(actor=actor, request=asked.request)
    return check_dates_for_company(actor=actor, company=asked.company, request=asked.request)


def _date_of(booking: Booking, body: dict[str, Any]) -> Occurrence:
    """The date that was to be moved."""
    ids = body["occurrences"]
    return next(date for date in booking.occurrences if not ids or date.id in ids)
