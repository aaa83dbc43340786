"""Requests for companies without an account: staff ask for one that called, or it registers as it asks."""

from collections.abc import Callable
from dataclasses import replace

from app.accounts.models import Organisation, User
from app.accounts.permissions import may_enter_organisation
from app.accounts.queries import (
    find_password_hash,
    find_unclaimed_organisation,
    list_organisations_called,
)
from app.accounts.rules.names import cleaned_name
from app.accounts.services.organisations import enter_organisation
from app.accounts.services.register import Company, Person, register_asker
from app.booking.models import Booking
from app.booking.services.evaluate import Evaluation
from app.booking.services.request import Request, check_booking, check_dates, request_booking
from app.core.db import unit_of_work
from app.core.errors import DomainError, Forbidden, InvalidInput
from app.core.idempotency import Answer, Question, answered, keep_answer, take_question

SEE_OTHER = 303
NOBODY = 0
"""No account has this id."""


@unit_of_work
def request_for_company(*, actor: User, company: str, request: Request) -> Booking:
    """Ask in the name of the company that is called so: the verified one, or one without an account.

    One that has registered and is not verified may only be called so: what is booked here stays out of
    its sight until the liaison office has looked. Raises as request_booking does, and InvalidInput.
    """
    organisation = find_company(actor, company) or enter_organisation(actor=actor, name=company)
    return request_booking(actor=actor, request=replace(request, organisation_id=organisation.id))


def check_for_company(*, actor: User, company: str, request: Request) -> Evaluation:
    """What would be said to such a request (to its first date) now. Raises Forbidden and InvalidInput."""
    return check_dates_for_company(actor=actor, company=company, request=request)[0]


def check_dates_for_company(*, actor: User, company: str, request: Request) -> tuple[Evaluation, ...]:
    """What would be said to each date of such a request now. Changes nothing. Raises as above."""
    known = find_company(actor, company) or find_unclaimed_organisation(company)
    if known is None:
        return check_dates(actor=None, request=request)
    return check_dates(actor=actor, request=replace(request, organisation_id=known.id))


def find_company(actor: User, name: str) -> Organisation | None:
    """The verified organisation of this name; None when there is none, or more than one.

    Raises Forbidden to whoever takes no company's call, and InvalidInput.
    """
    if not may_enter_organisation(actor):
        raise Forbidden
    try:
        cleaned = cleaned_name(name)
    except ValueError as error:
        raise InvalidInput(("company", "no_name")) from error
    verified = [one for one in list_organisations_called(cleaned) if one.is_verified]
    return verified[0] if len(verified) == 1 else None


@unit_of_work
def register_and_request(
    *, person: Person, company: Company, address: str, request: Request, question: Callable[[int], Question]
) -> None:
    """Register the company and ask in its name, both or neither; the slot is held until its hour is over.

    Says nothing: for an address that has an account the same is done, in the name of a stand-in, and its
    owner is asked by mail to take it over. A form that comes twice (`question` names it, for a user) is done
    once: then raises SentBefore. One date only. Raises as check_booking finds, as register_asker does, and
    InvalidInput.
    """
    if request.recurrence is not None:
        # Whoever has proved nothing yet shall not hold an instrument for a year, even for an hour.
        raise InvalidInput(("recurrence", "sign_in"))
    # Until the request can no longer be refused, a known address costs no more work than another one:
    # neither a refusal nor its time may tell.
    known_id, _hash = find_password_hash(person.email)
    if answered(question(known_id or NOBODY)) is not None:
        raise SentBefore
    check_booking(actor=None, request=request).raise_if_refused()
    registration = register_asker(person=person, company=company, address=address)
    asked = question(known_id or registration.user.id)
    if take_question(asked) is not None:
        raise SentBefore
    organisation_id = registration.organisation.id
    request_booking(actor=registration.user, request=replace(request, organisation_id=organisation_id))
    keep_answer(asked, Answer(SEE_OTHER, ""))


class SentBefore(DomainError):
    """The form came before, and what it asks for was done then; nothing was done now."""

    code = "sent-before"
