"""Answers that a lab keeps ready, on their page."""

import pytest
from sqlalchemy import select

from app.booking.models import DeclineReason, RefusalTemplate
from app.booking.services.refusals import add_refusal
from app.extensions import db
from tests.cast import Cast
from tests.visitor import Visitor

TERM = {"title": "Term time", "reason_code": "capacity", "text": "In term time students come first."}


def kept() -> list[RefusalTemplate]:
    return list(db.session.scalars(select(RefusalTemplate).order_by(RefusalTemplate.id)))


def test_a_manager_keeps_changes_and_removes_one(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/refusals/lab/{cast.materials.id}"
    assert path in client.get(f"/admin/rules/lab/{cast.materials.id}").text
    client.submit(path, TERM, form="refusal")
    (one,) = kept()
    assert (one.title, one.reason_code, one.position) == ("Term time", DeclineReason.CAPACITY, 1)
    client.submit(f"{path}/{one.id}", {"title": "Terms", "position": "۳"}, form="refusal")
    assert [(one.title, one.text, one.position) for one in kept()] == [("Terms", TERM["text"], 3)]
    client.submit(path, form=f"{path}/{one.id}/remove")
    assert kept() == []


@pytest.mark.parametrize("wrong", [{"title": ""}, {"text": " "}, {"position": "0"}])
def test_what_says_nothing_is_refused(client: Visitor, cast: Cast, wrong: dict[str, str]) -> None:
    client.sign_in(cast.manager)
    answer = client.submit(f"/admin/refusals/lab/{cast.materials.id}", TERM | wrong, form="refusal")
    assert answer.status_code == 422
    assert kept() == []


@pytest.mark.parametrize("who", ["other_manager", "safety", "technician", "booker"])
def test_for_others_the_page_is_not_there(client: Visitor, cast: Cast, who: str) -> None:
    one = add_refusal(
        actor=cast.manager,
        lab_id=cast.materials.id,
        reason_code=DeclineReason.OTHER,
        title="Ours",
        text="No",
    )
    client.sign_in(getattr(cast, who))
    path = f"/admin/refusals/lab/{cast.materials.id}"
    for address in (path, f"{path}/{one.id}", f"/admin/refusals/lab/{cast.electronics.id}/{one.id}"):
        assert client.get(address).status_code == 404
        assert client.post(address, data=TERM).status_code == 404
    assert client.post(f"{path}/{one.id}/remove").status_code == 404
    assert [one.title for one in kept()] == ["Ours"]
