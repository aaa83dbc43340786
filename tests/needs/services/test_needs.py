"""Writing, publishing and closing needs: who, when, and what it leaves behind."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.accounts.models import Role, RoleGrant, User
from app.core.clock import now
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.event_log import EventRecord
from app.extensions import db
from app.needs import ports
from app.needs.errors import FourEyes
from app.needs.models import ClosingReason, Need, NeedEvidence, NeedState
from app.needs.queries.needs import coverage_of, get_need
from app.needs.rules.coverage import Spoken
from app.needs.services.close import close_need
from app.needs.services.publish import publish_need, reject_need
from app.needs.services.write import change_need, submit_need, write_need
from tests.cast import Cast
from tests.databases import both_databases
from tests.needs.making import missing, published, submitted, write

STRANGERS = ["booker", "technician", "safety", "other_manager", "student", "donor", "loner"]


def events(need: Need) -> list[str]:
    rows = db.session.query(EventRecord).filter_by(subject_kind="need", subject_id=need.id)
    return [row.name for row in rows.order_by(EventRecord.id)]


def a_second_manager(cast: Cast) -> User:
    """The technician manages the lab as well."""
    grant = RoleGrant(user=cast.technician, role=Role.MANAGER, lab_id=cast.materials.id, granted_at=now())
    db.session.add(grant)
    db.session.commit()
    return cast.technician


def test_a_need_is_written_handed_in_published_and_closed(cast: Cast) -> None:
    need = published(cast)
    assert need.state is NeedState.PUBLISHED
    assert need.reference == f"ND-2026-{need.id:04}"
    close_need(actor=cast.manager, need_id=need.id, reason=ClosingReason.FULFILLED)
    assert (need.state, need.closing_reason) == (NeedState.CLOSED, ClosingReason.FULFILLED)
    assert events(need) == ["NeedWritten", "NeedSubmitted", "NeedPublished", "NeedClosed"]


@pytest.mark.parametrize("who", STRANGERS)
def test_others_write_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        write(getattr(cast, who), cast)
    assert db.session.query(Need).count() == 0


@pytest.mark.parametrize("who", STRANGERS)
def test_what_is_not_public_is_not_there_for_others(cast: Cast, who: str) -> None:
    need = submitted(cast.manager, cast)
    for verb in (submit_need, publish_need, change_need):
        with pytest.raises(NotFound):
            verb(actor=getattr(cast, who), need_id=need.id)
    with pytest.raises(NotFound):
        get_need(None, need.id)


@pytest.mark.parametrize("who", STRANGERS)
def test_others_close_and_change_nothing_that_is_public(cast: Cast, who: str) -> None:
    need = published(cast)
    assert get_need(getattr(cast, who), need.id)
    with pytest.raises(Forbidden):
        close_need(actor=getattr(cast, who), need_id=need.id, reason=ClosingReason.OBSOLETE)
    with pytest.raises(Forbidden):
        change_need(actor=getattr(cast, who), need_id=need.id, quantity=1)


def test_who_wrote_it_by_hand_does_not_publish_it(cast: Cast) -> None:
    need = submitted(cast.manager, cast)
    with pytest.raises(FourEyes):
        publish_need(actor=cast.manager, need_id=need.id)
    publish_need(actor=a_second_manager(cast), need_id=need.id)
    assert need.state is NeedState.PUBLISHED


def test_an_administrator_has_two_eyes_as_well(cast: Cast) -> None:
    with pytest.raises(FourEyes):
        publish_need(actor=cast.admin, need_id=submitted(cast.admin, cast).id)


def test_what_was_counted_may_be_published_by_who_proposed_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials)
    need = submitted(cast.manager, cast, from_gap=True)
    publish_need(actor=cast.manager, need_id=need.id)
    assert need.evidence is not None
    assert need.evidence.figures is not None
    assert (need.evidence.figures.unmet_minutes, need.evidence.figures.served_minutes) == (4440, 4200)


def test_a_gap_of_something_else_proves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, cast.soldering, cast.materials)
    need = submitted(cast.manager, cast, from_gap=True)
    assert not need.from_gap
    with pytest.raises(FourEyes):
        publish_need(actor=cast.manager, need_id=need.id)


def test_a_gap_that_is_gone_when_it_is_published_proves_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials)
    need = submitted(cast.manager, cast, from_gap=True)
    missing(monkeypatch, cast.raman_category, cast.materials, nothing=True)
    with pytest.raises(FourEyes):
        publish_need(actor=cast.manager, need_id=need.id)


@both_databases
def test_frozen_evidence_never_changes(app: object, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, cast.raman_category, cast.materials)
    need = published(cast)
    before = need.evidence
    missing(monkeypatch, cast.raman_category, cast.materials, unmet_minutes=1, organisations=9)
    change_need(actor=cast.manager, need_id=need.id, quantity=1)
    close_need(actor=cast.manager, need_id=need.id, reason=ClosingReason.EXPIRED)
    for statement in ("UPDATE need_evidence SET formula = '2'", "DELETE FROM need_evidence"):
        with pytest.raises(DBAPIError, match="need_evidence_append_only"):
            db.session.execute(text(statement))
        db.session.rollback()
    db.session.expire_all()
    assert need.evidence == before
    assert db.session.query(NeedEvidence).count() == 1


def test_a_need_is_published_once(cast: Cast) -> None:
    need = published(cast)
    with pytest.raises(WrongState):
        publish_need(actor=cast.liaison, need_id=need.id)
    with pytest.raises(WrongState):
        submit_need(actor=cast.manager, need_id=need.id)
    with pytest.raises(WrongState):
        reject_need(actor=cast.liaison, need_id=need.id, reason="Too late")


def test_what_was_not_handed_in_is_not_published(cast: Cast) -> None:
    with pytest.raises(WrongState):
        publish_need(actor=cast.liaison, need_id=write(cast.manager, cast).id)


def test_a_need_is_turned_down_with_a_reason(cast: Cast) -> None:
    need, decoy = submitted(cast.manager, cast), submitted(cast.manager, cast)
    with pytest.raises(InvalidInput) as refused:
        reject_need(actor=cast.liaison, need_id=need.id, reason="  ")
    assert refused.value.errors == (("reason", "required"),)
    reject_need(actor=cast.liaison, need_id=need.id, reason="The other campus has one")
    assert (need.state, need.rejected_reason) == (NeedState.REJECTED, "The other campus has one")
    assert decoy.state is NeedState.UNDER_REVIEW
    with pytest.raises(WrongState):
        change_need(actor=cast.manager, need_id=need.id, title="Another one")


def test_who_withdraws_a_need_says_why(cast: Cast) -> None:
    need = published(cast)
    with pytest.raises(InvalidInput):
        close_need(actor=cast.manager, need_id=need.id, reason=ClosingReason.WITHDRAWN)
    close_need(actor=cast.manager, need_id=need.id, reason=ClosingReason.WITHDRAWN, note="We move house")
    assert need.closing_note == "We move house"
    with pytest.raises(WrongState):
        close_need(actor=cast.manager, need_id=need.id, reason=ClosingReason.OBSOLETE)


def test_what_is_public_changes_in_quantity_alone_and_only_downwards(cast: Cast) -> None:
    need = published(cast, quantity=3)
    with pytest.raises(WrongState):
        change_need(actor=cast.manager, need_id=need.id, title="Something else")
    with pytest.raises(InvalidInput):
        change_need(actor=cast.manager, need_id=need.id, quantity=4)
    change_need(actor=cast.manager, need_id=need.id, quantity=2, title=need.title)
    assert need.quantity == 2


def test_the_quantity_does_not_fall_below_what_is_given(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    need, decoy = published(cast, quantity=3), published(cast, quantity=3)
    monkeypatch.setattr(ports, "_pledged", [lambda ids: {need.id: Spoken(reserved=1, agreed=1)}])
    with pytest.raises(InvalidInput) as refused:
        change_need(actor=cast.manager, need_id=need.id, quantity=1)
    assert refused.value.errors == (("quantity", "spoken_for"),)
    change_need(actor=cast.manager, need_id=decoy.id, quantity=1)
    assert [coverage_of([need, decoy])[one.id].left for one in (need, decoy)] == [1, 1]


def test_what_is_written_is_cleaned_and_checked(cast: Cast) -> None:
    need = write(cast.manager, cast, title="  A\nlathe ", title_fa="")
    assert (need.title, need.title_fa) == ("A lathe", None)
    wrong = {"title": "", "justification": " ", "specification": "x" * 5001, "quantity": 0}
    with pytest.raises(InvalidInput) as refused:
        write(cast.manager, cast, **wrong)
    assert set(refused.value.errors) == {
        ("title", "required"),
        ("justification", "required"),
        ("specification", "too_long"),
        ("quantity", "out_of_range"),
    }


def test_a_lab_that_is_not_there_needs_nothing(cast: Cast) -> None:
    with pytest.raises(NotFound):
        write_need(actor=cast.admin, lab_id=10**6, category_id=cast.soldering.id)
