"""A company without an account: booked for by staff, taken over by its owner, hidden from a look-alike."""

import pytest
from flask import Flask

from app.accounts.models import Organisation
from app.accounts.services.merge import merge_organisation
from app.accounts.services.organisations import enter_organisation
from app.booking.queries.bookings import list_bookings
from app.booking.services.cancel import cancel_booking
from app.core.errors import NotFound
from tests.booking.making import ask
from tests.cast import Cast
from tests.databases import both_databases


def entered(cast: Cast, name: str) -> Organisation:
    return enter_organisation(actor=cast.manager, name=name)


@both_databases
def test_the_verified_owner_gets_what_staff_had_booked(app: Flask, cast: Cast) -> None:
    company = entered(cast, "Arta Polymer Co.")
    booking = ask(cast.manager, cast.raman, organisation_id=company.id)
    merge_organisation(actor=cast.liaison, organisation_id=company.id, into_id=cast.arta.id)

    (found,) = list_bookings(cast.boss, mine=True)
    assert (found.reference, found.organisation_id) == (booking.reference, cast.arta.id)
    assert found.occurrences[0].sequence == 1
    cancel_booking(actor=cast.boss, reference=booking.reference)


def test_a_look_alike_sees_nothing(app: Flask, cast: Cast) -> None:
    company = entered(cast, cast.rival_company.name)
    booking = ask(cast.manager, cast.raman, organisation_id=company.id)

    assert company.id != cast.rival_company.id
    assert list_bookings(cast.rival) == []
    with pytest.raises(NotFound):
        cancel_booking(actor=cast.rival, reference=booking.reference)
