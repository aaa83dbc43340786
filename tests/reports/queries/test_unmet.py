"""What was missed agrees with the page of gaps, and is told apart by reason."""

from datetime import timedelta

from flask import Flask

from app.core import clock
from app.demand.models import MissReason
from app.needs.queries.gaps import list_gaps
from app.reports.queries.scope import Scope, scope_of
from app.reports.queries.unmet import Unmet, unmet_of
from app.reports.rules.periods import days_between
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.needs.test_gaps import want

pytestmark = both_databases


def lately(cast: Cast, **more: object) -> Scope:
    days = days_between(NOW.date() - timedelta(days=20), NOW.date())
    return scope_of([cast.materials], days, jalali=False, **more)  # type: ignore[arg-type]


def test_reasons_stand_apart_and_sum_up_to_the_gap(app: Flask, cast: Cast) -> None:
    want(cast.booker, cast.raman)
    want(cast.boss, cast.raman)
    want(cast.rival, cast.raman, reason=MissReason.TOO_LATE)
    want(cast.rival, cast.stations, hours=1, reason=MissReason.REFUSED_BY_RULE)
    want(cast.rival, cast.oscilloscope)

    scope = lately(cast)
    unmet = unmet_of(scope)

    gaps = list_gaps(scope.window, lab_id=cast.materials.id)
    assert unmet.whole == Unmet(capacity=120, too_late=120, policy=60)
    assert unmet.whole.lacking == sum(gap.unmet_minutes for gap in gaps)
    assert unmet.whole.policy == sum(gap.policy_minutes for gap in gaps)
    assert unmet.organisations == 2
    assert [category_id for category_id, _one in unmet.categories] == [
        cast.raman_category.id,
        cast.soldering.id,
    ]


def test_a_miss_stands_in_the_part_of_time_in_which_it_was_told(app: Flask, cast: Cast) -> None:
    with clock.frozen(NOW - timedelta(days=2)):
        want(cast.booker, cast.raman)
    with clock.frozen(NOW - timedelta(days=90)):
        want(cast.rival, cast.raman)
    unmet = unmet_of(lately(cast))
    assert [part.capacity for part in unmet.parts][-4:] == [0, 120, 0, 0]
    assert unmet.whole.lacking == 120


def test_one_category_is_asked_for_alone(app: Flask, cast: Cast) -> None:
    want(cast.booker, cast.raman)
    want(cast.booker, cast.stations)
    unmet = unmet_of(lately(cast, category_ids={cast.soldering.id}))
    assert [category_id for category_id, _one in unmet.categories] == [cast.soldering.id]
