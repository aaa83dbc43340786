"""What is wrong with what labs ask, and with what was let pass, is found."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from app.booking.models import Authorisation, Occurrence, Override, Policy, QuotaLimit, SampleDuration
from app.booking.rules.allowances import Per
from app.booking.services.authorisations import authorise
from app.booking.services.cancel import cancel_booking
from app.booking.services.policies import set_lab_policy
from app.booking.services.quotas import set_quota
from app.booking.services.request import request_booking
from app.booking.services.samples import set_sample_durations
from app.cli.doctor import findings
from app.extensions import db
from app.inventory.models import DatedHours
from app.inventory.services.hours import set_dated_hours
from tests.booking.making import a_request, ask
from tests.cast import NOW, Cast


@pytest.fixture
def strict(cast: Cast) -> Cast:
    """A lab that asks for much, and has let something pass."""
    lab_id = cast.materials.id
    set_lab_policy(actor=cast.manager, lab_id=lab_id, cancel_notice_minutes=48 * 60)
    cancel_booking(actor=cast.boss, reference=ask(cast.boss, cast.raman).reference)
    night = a_request(cast.raman, start=12, organisation_id=cast.arta.id, override="Furnace run")
    request_booking(actor=cast.manager, request=night)
    set_quota(actor=cast.manager, lab_id=lab_id, minutes=900, per=Per.WEEK, equipment_id=cast.raman.id)
    authorise(
        actor=cast.manager,
        lab_id=lab_id,
        email=cast.booker.email,
        valid_from=NOW.date(),
        equipment_id=cast.raman.id,
    )
    set_sample_durations(actor=cast.manager, equipment_id=cast.raman.id, rows=[(10, 60), (20, 90)])
    set_dated_hours(actor=cast.manager, lab_id=lab_id, on=NOW.date(), hours=[])
    return cast


def test_what_a_strict_lab_keeps_is_healthy(app: Flask, strict: Cast) -> None:
    assert list(findings()) == []


def odd_grid(_cast: Cast) -> None:
    db.session.execute(update(Policy).values(grid_minutes=50))


def quota_of_another_lab(cast: Cast) -> None:
    db.session.execute(update(QuotaLimit).values(lab_id=cast.electronics.id))


def authorised_in_another_lab(cast: Cast) -> None:
    db.session.execute(update(Authorisation).values(lab_id=cast.electronics.id))


def silent_exception(_cast: Cast) -> None:
    db.session.execute(update(Override).values(reason=""))


def exception_elsewhere(cast: Cast) -> None:
    db.session.execute(update(Override).values(equipment_id=cast.oscilloscope.id))


def late_and_not_called_off(_cast: Cast) -> None:
    db.session.execute(update(Occurrence).values(is_late_cancel=True))


def hasty_samples(_cast: Cast) -> None:
    db.session.execute(update(SampleDuration).where(SampleDuration.up_to == 20).values(minutes=30))


def day_upside_down(_cast: Cast) -> None:
    db.session.execute(update(DatedHours).values(hours=[["12:00", "08:00"]]))


def day_in_words(_cast: Cast) -> None:
    db.session.execute(update(DatedHours).values(hours=[["noon", "evening"]]))


PLANTED = {
    odd_grid: "grids fit into a day",
    quota_of_another_lab: "quotas and authorisations stay in their lab",
    authorised_in_another_lab: "quotas and authorisations stay in their lab",
    silent_exception: "exceptions have a reason and are about their date",
    exception_elsewhere: "exceptions have a reason and are about their date",
    late_and_not_called_off: "only what was called off was called off late",
    hasty_samples: "more samples take longer than fewer",
    day_upside_down: "hours of single days can be read",
    day_in_words: "hours of single days can be read",
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_each_planted_corruption_is_found(app: Flask, strict: Cast, plant: Callable[[Cast], None]) -> None:
    plant(strict)
    db.session.commit()
    assert {name for name, _ in findings()} == {PLANTED[plant]}
