"""Somebody who answers is away and nobody stands in: no letters, and nothing waits unseen."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import User
from app.booking.models import Absence
from app.booking.queries.people import labs_without_decider, list_deciders, list_labs_alone
from app.booking.services.absences import end_absence, note_absence
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.extensions import db
from app.notifications.models import Mail
from tests.booking.making import ask
from tests.booking.services.test_deputies import TODAY, WEEK_ON, deputise
from tests.booking.test_nudge import nudged, reminders_to
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.visitor import Visitor


def leave(cast: Cast, absent: User, actor: User | None = None, **more: Any) -> Absence:
    settled = {"lab_id": cast.materials.id, "first_on": TODAY, "last_on": WEEK_ON} | more
    return note_absence(actor=actor or absent, absent_id=absent.id, **settled)


@both_databases
def test_the_others_get_the_letters(cast: Cast) -> None:
    leave(cast, cast.manager)
    booking = ask(cast.booker, cast.raman)
    assert list_deciders([cast.materials.id]) == [cast.safety]
    told = set(db.session.scalars(select(Mail.address).where(Mail.text.contains(booking.reference))))
    assert cast.safety.email in told
    assert cast.manager.email not in told
    assert labs_without_decider([cast.materials.id, cast.electronics.id]) == set()


@both_databases
def test_where_everybody_is_away_others_hear_at_once(cast: Cast) -> None:
    leave(cast, cast.manager)
    leave(cast, cast.safety, cast.manager)
    assert labs_without_decider([cast.materials.id, cast.electronics.id]) == {cast.materials.id}
    assert list_labs_alone(cast.manager) == list_labs_alone(cast.admin) == [cast.materials]
    assert list_labs_alone(cast.other_manager) == []
    ask(cast.booker, cast.raman, start=24)
    ask(cast.booker, cast.oscilloscope, start=24)
    assert nudged(NOW + timedelta(minutes=5)) == 1
    assert len(reminders_to(cast.liaison)) == 1
    assert reminders_to(cast.other_manager) == []
    assert nudged(NOW + timedelta(minutes=10)) == 0


def test_a_deputy_is_somebody_who_is_there(cast: Cast) -> None:
    leave(cast, cast.safety)
    deputise(cast)
    assert labs_without_decider([cast.materials.id]) == set()
    assert list_deciders([cast.materials.id]) == [cast.other_manager]


def test_before_and_afterwards_they_are_there(cast: Cast) -> None:
    leave(cast, cast.manager, first_on=TODAY + timedelta(days=2))
    assert cast.manager in list_deciders([cast.materials.id])
    with clock.frozen(NOW + timedelta(days=3)):
        assert cast.manager not in list_deciders([cast.materials.id])
    with clock.frozen(NOW + timedelta(days=8)):
        assert cast.manager in list_deciders([cast.materials.id])


def test_who_is_back_ends_it(cast: Cast) -> None:
    absence = leave(cast, cast.manager)
    for stranger in (cast.safety, cast.other_manager, cast.booker):
        with pytest.raises(Forbidden):
            end_absence(actor=stranger, absence_id=absence.id)
    end_absence(actor=cast.manager, absence_id=absence.id)
    assert cast.manager in list_deciders([cast.materials.id])
    with pytest.raises(NotFound):
        end_absence(actor=cast.manager, absence_id=999_999)


def test_who_may_note_it_and_what_is_refused(cast: Cast) -> None:
    for stranger in (cast.safety, cast.other_manager, cast.booker):
        with pytest.raises(Forbidden):
            leave(cast, cast.manager, stranger)
    with pytest.raises(NotFound):
        leave(cast, cast.technician, cast.manager)  # answers for nothing
    with pytest.raises(InvalidInput):
        leave(cast, cast.manager, last_on=TODAY - timedelta(days=1))
    leave(cast, cast.manager)
    with pytest.raises(InvalidInput) as refused:
        leave(cast, cast.manager, first_on=WEEK_ON, last_on=WEEK_ON + timedelta(days=2))
    assert refused.value.errors == (("first_on", "away_then"),)


def test_it_is_noted_and_ended_on_the_page(client: Visitor, cast: Cast) -> None:
    leave(cast, cast.safety)
    client.sign_in(cast.manager)
    fields = {"absent": f"{cast.materials.id}:{cast.manager.id}", "email": "", "last_on": WEEK_ON.isoformat()}
    client.submit("/admin/deputies", fields, form="deputy")
    page = client.page("/admin/deputies")
    assert "nobody stands in" in page.text
    assert "Nobody is there to answer" in page.text
    assert "Nobody is there to answer" in client.page("/approvals").text
    (absence,) = db.session.scalars(select(Absence).where(Absence.user_id == cast.manager.id))
    client.submit("/admin/deputies", form=f"/admin/deputies/absences/{absence.id}/end")
    assert "Nobody is there to answer" not in client.page("/approvals").text
