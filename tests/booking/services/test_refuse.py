"""Ready answers: who keeps them, and what a no says that uses one."""

from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import User
from app.booking.models import DeclineReason, OccurrenceState, RefusalTemplate
from app.booking.queries.refusals import refusals_for
from app.booking.services.refusals import MOST_OF_A_LAB, add_refusal, change_refusal, remove_refusal
from app.booking.services.refuse import refuse_booking
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.extensions import db
from tests.booking.making import ask
from tests.cast import Cast


def keep(actor: User, lab_id: int, title: str = "Term", **more: Any) -> RefusalTemplate:
    said = {"reason_code": DeclineReason.CAPACITY, "text": "In term time students come first."} | more
    return add_refusal(actor=actor, lab_id=lab_id, title=title, **said)


def test_a_ready_answer_brings_reason_and_words(cast: Cast) -> None:
    kept = keep(cast.manager, cast.materials.id)
    booking = ask(cast.booker, cast.raman)
    refuse_booking(
        actor=cast.safety,
        reference=booking.reference,
        template_id=kept.id,
        reason_code=DeclineReason.OTHER,
        reason="Ask again in July.",
    )
    date = booking.occurrences[0]
    assert (date.state, date.reason_code) == (OccurrenceState.DECLINED, DeclineReason.CAPACITY)
    assert date.reason == "In term time students come first.\n\nAsk again in July."


def test_what_was_declined_with_it_stays_as_it_was_said(cast: Cast) -> None:
    kept = keep(cast.manager, cast.materials.id)
    booking = ask(cast.booker, cast.raman)
    refuse_booking(actor=cast.manager, reference=booking.reference, template_id=kept.id)
    change_refusal(actor=cast.manager, refusal_id=kept.id, text="Something else")
    remove_refusal(actor=cast.manager, refusal_id=kept.id)
    assert booking.occurrences[0].reason == "In term time students come first."


def test_one_of_another_lab_is_no_answer(cast: Cast) -> None:
    theirs = keep(cast.other_manager, cast.electronics.id)
    booking = ask(cast.booker, cast.raman)
    for wrong in (theirs.id, 999_999):
        with pytest.raises(InvalidInput):
            refuse_booking(actor=cast.manager, reference=booking.reference, template_id=wrong)
    assert booking.occurrences[0].state is OccurrenceState.REQUESTED


@pytest.mark.parametrize(
    ("who", "refusal"), [("booker", Forbidden), ("technician", Forbidden), ("rival", NotFound)]
)
def test_who_does_not_decide_refuses_nothing(cast: Cast, who: str, refusal: type[Exception]) -> None:
    kept = keep(cast.manager, cast.materials.id)
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(refusal):
        refuse_booking(actor=getattr(cast, who), reference=reference, template_id=kept.id)


def test_without_reason_or_template_there_is_no_no(cast: Cast) -> None:
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(InvalidInput):
        refuse_booking(actor=cast.manager, reference=reference, reason="No")
    with pytest.raises(InvalidInput):
        refuse_booking(actor=cast.manager, reference=reference, reason_code=DeclineReason.OTHER)


@pytest.mark.parametrize("who", ["safety", "technician", "other_manager", "booker"])
def test_only_the_labs_managers_keep_them(cast: Cast, who: str) -> None:
    kept, stranger = keep(cast.manager, cast.materials.id), getattr(cast, who)
    with pytest.raises(Forbidden):
        keep(stranger, cast.materials.id)
    with pytest.raises(Forbidden):
        change_refusal(actor=stranger, refusal_id=kept.id, title="Mine")
    with pytest.raises(Forbidden):
        remove_refusal(actor=stranger, refusal_id=kept.id)
    assert [one.title for one in db.session.scalars(select(RefusalTemplate))] == ["Term"]


def test_they_stand_in_their_order_for_who_decides(cast: Cast) -> None:
    first, second = (keep(cast.manager, cast.materials.id, title) for title in ("A", "B"))
    keep(cast.other_manager, cast.electronics.id, "Not theirs")
    change_refusal(actor=cast.manager, refusal_id=first.id, position=second.position + 1)
    booking = ask(cast.booker, cast.raman)
    assert [one.title for one in refusals_for(cast.safety, booking)] == ["B", "A"]
    assert refusals_for(cast.booker, booking) == []


@pytest.mark.parametrize("wrong", [{"title": " "}, {"title": "x" * 101}, {"text": ""}, {"text": "x" * 2001}])
def test_empty_and_endless_ones_are_refused(cast: Cast, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        keep(cast.manager, cast.materials.id, **wrong)


def test_a_lab_keeps_only_so_many(cast: Cast) -> None:
    for number in range(MOST_OF_A_LAB):
        keep(cast.manager, cast.materials.id, str(number))
    with pytest.raises(InvalidInput):
        keep(cast.manager, cast.materials.id, "One more")
