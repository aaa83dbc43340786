"""Who hears what about a gift, in which language, once."""

from datetime import date, timedelta

from sqlalchemy import select

from app.core import clock
from app.donations.jobs import lapse_offers
from app.donations.notices.due import remind_of_answers
from app.donations.rules.reminding import Due, due_of, reminded_on
from app.donations.rules.states import Result
from app.donations.services.decide import accept_offer, decline_offer
from app.donations.services.deliver import inspect
from app.donations.services.offer import withdraw_offer
from app.extensions import db
from app.notifications.models import Mail, Notice
from tests.cast import NOW, Cast
from tests.donations.making import agreed, arrived, in_service, offered, published_need


def told() -> list[tuple[str, str]]:
    """To whom and about what, in the order of people; then the outbox and the news are empty."""
    kept = [*db.session.scalars(select(Mail)), *db.session.scalars(select(Notice))]
    found = [(one.address.split("@")[0], one.dedup.split(":")[2]) for one in kept if isinstance(one, Mail)]
    for one in kept:
        db.session.delete(one)
    db.session.commit()
    return sorted(found)


def test_an_offer_is_confirmed_to_who_made_it_and_shown_to_who_answers(cast: Cast) -> None:
    offer = offered(cast, published_need(cast))
    notices = set(db.session.scalars(select(Notice.path)))
    assert notices == {f"/donations/{offer.id}"}
    text = db.session.scalars(select(Mail.text).where(Mail.address == cast.donor.email)).one()
    assert f"/donations/{offer.id}" in text
    assert told() == [("donor", "received"), ("liaison", "to_answer"), ("manager", "to_answer")]


def test_a_mail_is_in_the_language_of_who_reads_it(cast: Cast) -> None:
    cast.donor.language = "fa"
    db.session.commit()
    offered(cast)
    assert db.session.scalars(select(Mail.language).where(Mail.address == cast.donor.email)).one() == "fa"


def test_the_answer_goes_to_the_donor_with_its_reason_and_not_to_who_gave_it(cast: Cast) -> None:
    yes, no = offered(cast), offered(cast)
    told()
    accept_offer(actor=cast.liaison, offer_id=yes.id)
    decline_offer(actor=cast.liaison, offer_id=no.id, reason="No room on the second floor")
    assert "No room on the second floor" in " ".join(db.session.scalars(select(Mail.text)))
    assert told() == [("donor", "accepted"), ("donor", "declined")]


def test_the_donor_hears_of_every_step_up_to_the_service(cast: Cast) -> None:
    offer = agreed(cast)
    told()
    (unit,) = arrived(cast, offer)
    inspect(actor=cast.manager, offer_id=offer.id, unit_id=unit.id, result=Result.FAIL, note="No laser")
    in_service(cast, offer, unit)
    texts = " ".join(db.session.scalars(select(Mail.text)))
    assert "No laser" in texts
    assert f"/donations/{offer.id}/impact" in texts
    assert told() == [("donor", "delivered"), ("donor", "failed"), ("donor", "in_service")]


def test_who_stands_by_hears_that_there_is_room_and_nothing_is_reserved(cast: Cast) -> None:
    need = published_need(cast)
    first, second = offered(cast, need), offered(cast, need, actor=cast.rival)
    told()
    withdraw_offer(actor=cast.donor, offer_id=first.id)
    found = told()
    assert ("rival", "room") in found
    assert ("liaison", "room") in found
    assert ("liaison", "withdrawn") in found
    assert "donor" not in {who for who, _ in found}
    assert [one.state for one in second.lines[0].allocations] == ["standby"]


def test_what_was_taken_back_is_told_to_who_would_have_answered(cast: Cast) -> None:
    offer = offered(cast)
    told()
    withdraw_offer(actor=cast.donor, offer_id=offer.id)
    assert told() == [("liaison", "withdrawn")]


def test_both_sides_hear_that_an_offer_has_lapsed(cast: Cast) -> None:
    offered(cast, valid_until=NOW.date() + timedelta(days=2))
    told()
    with clock.frozen(NOW + timedelta(days=5)):
        lapse_offers()
    assert told() == [("donor", "lapsed"), ("liaison", "lapsed")]


def test_who_answers_is_reminded_once_before_and_once_after(cast: Cast) -> None:
    offer = offered(cast)
    told()
    assert offer.answer_by == date(2026, 12, 6)
    for days, expected in ((8, []), (13, [("liaison", "due_soon")]), (15, [("liaison", "overdue")])):
        with clock.frozen(NOW + timedelta(days=days)):
            remind_of_answers()
            remind_of_answers()
        texts = [(m.address.split("@")[0], m.dedup.split(":")[2]) for m in db.session.scalars(select(Mail))]
        assert sorted(texts) == expected
        told()


def test_the_third_working_day_leaves_out_the_days_off() -> None:
    def weekend(day: date) -> bool:
        return day.weekday() in (3, 4)

    answer_by = date(2026, 12, 6)  # a Sunday: Saturday, Wednesday and Tuesday come before
    assert reminded_on(answer_by, weekend) == date(2026, 12, 1)
    assert due_of(answer_by, date(2026, 11, 30), weekend) is None
    assert due_of(answer_by, date(2026, 12, 1), weekend) is Due.SOON
    assert due_of(answer_by, answer_by, weekend) is Due.SOON
    assert due_of(answer_by, date(2026, 12, 7), weekend) is Due.OVERDUE


def test_who_makes_room_by_declining_sees_whose_turn_it_is(cast: Cast) -> None:
    need = published_need(cast)
    first = offered(cast, need)
    offered(cast, need, actor=cast.rival)
    told()

    decline_offer(actor=cast.liaison, offer_id=first.id, reason="It needs cooling water")

    assert ("liaison", "room") in told()
