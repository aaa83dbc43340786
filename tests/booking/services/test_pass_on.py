"""A colleague takes a booking over: who may give it to whom, and who hears of it."""

from datetime import timedelta

import pytest

from app.accounts.models import Membership, MembershipRole
from app.booking.errors import OutsidePolicy
from app.booking.services.authorisations import authorise
from app.booking.services.cancel import cancel_booking
from app.booking.services.pass_on import pass_on
from app.booking.services.policies import set_equipment_policy
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.text import isolated
from app.extensions import db
from tests.booking.making import ask
from tests.booking.notices.test_news import mails
from tests.booking.services.test_use import approved
from tests.booking.views.asking import bookings
from tests.cast import NOW, Cast
from tests.visitor import Visitor


@pytest.mark.parametrize("who", ["booker", "boss"])
def test_who_asked_and_the_admin_may_give_it_and_both_are_told(cast: Cast, who: str) -> None:
    reference = approved(cast)
    mails()
    booking = pass_on(actor=getattr(cast, who), reference=reference, user_id=cast.boss.id)
    assert booking.requester is cast.boss
    assert sorted(mails()) == sorted(
        (name, f"{isolated(reference)} has a new contact") for name in ("booker", "boss")
    )
    assert list(findings()) == []
    # And back: each time is news.
    with clock.frozen(NOW + timedelta(minutes=1)):
        pass_on(actor=cast.boss, reference=reference, user_id=cast.booker.id)
    assert len(mails()) == 2


@pytest.mark.parametrize(
    ("who", "error"),
    [("manager", Forbidden), ("liaison", Forbidden), ("admin", Forbidden), ("rival", NotFound)],
)
def test_nobody_else_may(cast: Cast, who: str, error: type[Exception]) -> None:
    reference = approved(cast)
    with pytest.raises(error):
        pass_on(actor=getattr(cast, who), reference=reference, user_id=cast.boss.id)


@pytest.mark.parametrize("to", ["booker", "rival", "manager", "student"])
def test_only_to_an_active_colleague(cast: Cast, to: str) -> None:
    reference = approved(cast)
    with pytest.raises(InvalidInput):
        pass_on(actor=cast.booker, reference=reference, user_id=getattr(cast, to).id)
    cast.boss.disabled_at = NOW
    db.session.commit()
    with pytest.raises(InvalidInput):
        pass_on(actor=cast.booker, reference=reference, user_id=cast.boss.id)


def test_not_by_who_has_left_nor_when_nothing_is_to_come(cast: Cast) -> None:
    over = approved(cast)
    cancel_booking(actor=cast.booker, reference=over)
    with pytest.raises(WrongState):
        pass_on(actor=cast.booker, reference=over, user_id=cast.boss.id)
    reference = approved(cast)
    (membership,) = cast.booker.memberships
    membership.ended_at = NOW
    db.session.add(
        Membership(user=cast.booker, organisation=cast.foundation, role=MembershipRole.MEMBER, created_at=NOW)
    )
    db.session.commit()
    with pytest.raises(NotFound):
        pass_on(actor=cast.booker, reference=reference, user_id=cast.boss.id)


def test_what_the_lab_asks_of_people_is_asked_of_the_new_one(cast: Cast) -> None:
    set_equipment_policy(actor=cast.manager, equipment_id=cast.raman.id, needs_authorisation=True)
    authorise(
        actor=cast.manager,
        lab_id=cast.materials.id,
        email=cast.booker.email,
        valid_from=NOW.date(),
    )
    reference = ask(cast.booker, cast.raman).reference
    with pytest.raises(OutsidePolicy) as outside:
        pass_on(actor=cast.booker, reference=reference, user_id=cast.boss.id)
    assert [verdict.code for verdict in outside.value.verdicts] == ["not_authorised"]
    db.session.rollback()
    assert bookings()[0].requester_id == cast.booker.id


def test_it_is_done_on_the_page_of_the_booking(client: Visitor, cast: Cast) -> None:
    path = f"/bookings/{approved(cast)}"
    client.sign_in(cast.booker)
    client.submit(path, {"user": cast.boss.id}, form="pass-on")
    page = client.page(path)
    assert "It is handed over." in page.text
    assert f"{isolated('Booker')} gave it to a colleague" in page.text
    assert "pass-on" not in str(page.all("form"))
    client.post(f"{path}/hand-over", data={"user": cast.boss.id})
    assert bookings()[0].requester_id == cast.boss.id
