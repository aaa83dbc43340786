"""Who may work alone hears in time that it ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.booking.jobs import warn_of_authorisations
from app.booking.models import Authorisation
from app.booking.rules.access import warning_due
from app.booking.services.authorisations import authorise, withdraw_authorisation
from app.core import clock
from app.extensions import db
from app.notifications.models import Mail
from tests.cast import NOW, Cast
from tests.databases import both_databases

TODAY = date(2026, 11, 22)


def given(cast: Cast, days: int | None, **more: Any) -> Authorisation:
    until = None if days is None else TODAY + timedelta(days=days)
    settled = {"email": cast.booker.email, "equipment_id": cast.raman.id} | more
    return authorise(
        actor=cast.manager, lab_id=cast.materials.id, valid_from=TODAY, valid_until=until, **settled
    )


def letters() -> list[str]:
    found = select(Mail.address).where(Mail.subject.contains("work alone")).order_by(Mail.id)
    return list(db.session.scalars(found))


@pytest.mark.parametrize(
    ("days", "warned", "due"),
    [(31, None, None), (30, None, 30), (30, 30, None), (8, 30, None), (7, 30, 7), (7, None, 7), (0, 30, 7),
     (3, 7, None), (-1, None, None)],
)  # fmt: skip
def test_twice_and_not_afterwards(days: int, warned: int | None, due: int | None) -> None:
    assert warning_due(TODAY, TODAY + timedelta(days=days), warned) == due


@both_databases
def test_a_letter_a_month_and_a_week_before(cast: Cast) -> None:
    given(cast, 40)
    given(cast, None, email=cast.boss.email)
    assert warn_of_authorisations() == 0
    told = []
    for day in range(8, 45):
        with clock.frozen(NOW + timedelta(days=day)):
            if warn_of_authorisations():
                told.append(day)
            assert warn_of_authorisations() == 0
    assert told == [10, 33]
    assert letters() == [cast.booker.email] * 2


def test_who_has_a_longer_one_or_none_is_left_alone(cast: Cast) -> None:
    given(cast, 20)
    given(cast, 400)
    withdraw_authorisation(actor=cast.manager, authorisation_id=given(cast, 5, email=cast.boss.email).id)
    given(cast, 6, equipment_id=None, email=cast.student.email)
    assert warn_of_authorisations() == 1
    assert letters() == [cast.student.email]
