"""A lab cannot say what nobody could keep to."""

import pytest

from app.booking.models import Policy
from app.booking.services.policies import set_equipment_policy, set_lab_policy
from app.core.errors import Forbidden, InvalidInput
from app.extensions import db
from tests.cast import Cast


def wrong(refused: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    db.session.rollback()
    return list(refused.value.errors)


def test_a_shortest_beyond_the_longest_of_the_house_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, min_minutes=600)
    assert wrong(refused) == [("min_minutes", "shorter_than_least")]
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, min_minutes=600, max_minutes=900)


def test_what_a_lab_says_leaves_its_equipment_a_length(cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, min_minutes=180)
    with pytest.raises(InvalidInput) as refused:
        set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, max_minutes=120)
    assert wrong(refused) == [("max_minutes", "not_for_all")]
    assert db.session.query(Policy).filter_by(lab_id=cast.materials.id).all() == []
    set_lab_policy(actor=cast.other_manager, lab_id=cast.electronics.id, max_minutes=120)


def test_equipment_is_judged_with_what_its_lab_says(cast: Cast) -> None:
    set_lab_policy(actor=cast.manager, lab_id=cast.materials.id, max_minutes=120)
    with pytest.raises(InvalidInput) as refused:
        set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, min_minutes=180)
    assert wrong(refused) == [("min_minutes", "shorter_than_least")]


@pytest.mark.parametrize("who", ["booker", "technician", "safety", "other_manager", "liaison"])
def test_others_say_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        set_lab_policy(actor=getattr(cast, who), lab_id=cast.materials.id, min_minutes=60)
