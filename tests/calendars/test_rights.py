"""Rights are asked again at every fetch: whoever lost one loses the calendar, at once."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from app.accounts.models import RoleGrant
from app.accounts.services.password import change_password
from app.accounts.services.reset import ask_for_reset, reset_password
from app.accounts.services.sign_in import Visit
from app.calendars.models import Feed, FeedDetail, FeedScope
from app.calendars.queries.feeds import list_feeds
from app.calendars.services.addresses import create_feed, end_feed, replace_link
from app.core.errors import InvalidInput, NotFound
from app.core.event_log import EventRecord
from app.core.tokens import new_token, token_hash
from app.extensions import db
from app.inventory.models import EquipmentStatus
from tests.accounts.making import GOOD_PASSWORD, token_for
from tests.booking.making import ask
from tests.calendars.making import address, events, only_event
from tests.cast import NOW, Cast
from tests.databases import both_databases
from tests.visitor import PASSWORD

Save = Callable[..., None]


def make(cast: Cast, **more: Any) -> tuple[Feed, str]:
    settled = {"actor": cast.booker, "scope": FeedScope.MINE, "scope_id": None} | more
    feed, token = create_feed(detail=FeedDetail.FULL, language="en", **settled)
    return feed, f"/calendars/{token}.ics"


def test_the_secret_is_kept_as_a_hash_only(cast: Cast) -> None:
    feed, path = make(cast)
    token = path.removeprefix("/calendars/").removesuffix(".ics")

    assert feed.token_hash == token_hash(token)
    rows = db.session.execute(select(Feed.__table__)).all()
    recorded = db.session.scalars(select(EventRecord)).all()
    assert token not in str(rows) + str([event.data for event in recorded])


def test_a_wrong_address_is_not_found(client: FlaskClient, cast: Cast) -> None:
    make(cast)
    for secret in (new_token(), "x", "%00", "..", "a" * 2000, "آ"):
        answer = client.get(f"/calendars/{secret}.ics")
        assert answer.status_code == 404
        assert "VCALENDAR" not in answer.text


def test_a_new_password_by_mail_ends_the_addresses(client: FlaskClient, cast: Cast) -> None:
    """Whoever had got into the account may have written them down."""
    path, others = address(cast.booker), address(cast.boss)
    visit = Visit(address="192.0.2.7")
    change_password(actor=cast.booker, present=PASSWORD, password=GOOD_PASSWORD, visit=visit)
    assert client.get(path).status_code == 200
    ask_for_reset(email=cast.booker.email, address=visit.address)
    reset_password(token=token_for(cast.booker.email), password=f"{GOOD_PASSWORD} too")
    assert client.get(path).status_code == 404
    assert client.get(others).status_code == 200


def test_an_ended_feed_is_not_found(client: FlaskClient, cast: Cast) -> None:
    feed, path = make(cast)
    _, other = make(cast)
    end_feed(actor=cast.booker, feed_id=feed.id)

    assert client.get(path).status_code == 404
    assert client.get(other).status_code == 200
    with pytest.raises(NotFound):
        end_feed(actor=cast.booker, feed_id=feed.id)


def test_a_replaced_link_ends_the_old_one(client: FlaskClient, cast: Cast) -> None:
    feed, path = make(cast)
    client.get(path)
    same, token = replace_link(actor=cast.booker, feed_id=feed.id)

    assert same.id == feed.id
    assert same.last_used_at is None
    assert client.get(path).status_code == 404
    assert client.get(f"/calendars/{token}.ics").status_code == 200


def test_nobody_touches_another_one_s_feed(cast: Cast) -> None:
    feed, _ = make(cast)
    for stranger in (cast.boss, cast.rival, cast.admin):
        assert list_feeds(stranger) == []
        with pytest.raises(NotFound):
            replace_link(actor=stranger, feed_id=feed.id)
        with pytest.raises(NotFound):
            end_feed(actor=stranger, feed_id=feed.id)
    assert list_feeds(cast.booker) == [feed]


def test_a_calendar_one_may_not_have_does_not_exist(cast: Cast) -> None:
    for who, scope, thing in (
        (cast.booker, FeedScope.ORGANISATION, cast.rival_company),
        (cast.manager, FeedScope.ORGANISATION, cast.arta),
        (cast.booker, FeedScope.APPROVALS, None),
        (cast.technician, FeedScope.APPROVALS, None),
        (cast.liaison, FeedScope.APPROVALS, None),
    ):
        with pytest.raises(NotFound):
            make(cast, actor=who, scope=scope, scope_id=thing.id if thing else None)


def test_a_calendar_of_nothing_does_not_exist(cast: Cast) -> None:
    for scope in (FeedScope.EQUIPMENT, FeedScope.UNIT, FeedScope.LAB):
        with pytest.raises(NotFound):
            make(cast, scope=scope, scope_id=99_999)


def test_a_scope_names_its_thing_or_none(cast: Cast) -> None:
    for scope, scope_id in ((FeedScope.LAB, None), (FeedScope.MINE, cast.raman.id)):
        with pytest.raises(InvalidInput):
            make(cast, scope=scope, scope_id=scope_id)


def test_a_disabled_person_s_feeds_are_gone(client: FlaskClient, cast: Cast, save: Save) -> None:
    paths = [make(cast)[1], address(cast.booker, cast.raman), address(cast.booker, cast.arta)]
    cast.booker.disabled_at = NOW
    save(cast.booker)

    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    cast.booker.disabled_at = None
    save(cast.booker)
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]


@both_databases
def test_who_left_the_organisation_loses_its_calendar(client: FlaskClient, cast: Cast, save: Save) -> None:
    ask(cast.boss, cast.raman)
    of_arta, of_raman = address(cast.booker, cast.arta), address(cast.booker, cast.raman)
    assert only_event(client, of_raman)["SUMMARY"] == "Raman spectrometer · Arta Polymer"
    before = client.get(of_raman).headers["ETag"]

    cast.booker.memberships[0].ended_at = NOW
    save(*cast.booker.memberships)

    assert client.get(of_arta).status_code == 404
    assert client.get(of_raman, headers={"If-None-Match": before}).status_code == 200
    assert only_event(client, of_raman)["SUMMARY"] == "Busy"


@pytest.mark.parametrize("detail", FeedDetail)
def test_who_left_the_organisation_has_nothing_of_it_left(
    client: FlaskClient, cast: Cast, save: Save, detail: FeedDetail
) -> None:
    ask(cast.booker, cast.raman)
    mine = address(cast.booker, FeedScope.MINE, detail=detail)
    before = client.get(mine).headers["ETag"]
    assert len(events(client, mine)) == 1

    cast.booker.memberships[0].ended_at = NOW
    save(*cast.booker.memberships)

    assert client.get(mine, headers={"If-None-Match": before}).status_code == 200
    assert events(client, mine) == []


@both_databases
def test_who_lost_the_role_loses_what_it_showed(client: FlaskClient, cast: Cast) -> None:
    ask(cast.booker, cast.raman)
    approvals, of_lab = address(cast.safety, FeedScope.APPROVALS), address(cast.safety, cast.materials)
    assert len(events(client, approvals)) == 1
    before = client.get(of_lab).headers["ETag"]

    db.session.execute(delete(RoleGrant).where(RoleGrant.user_id == cast.safety.id))
    db.session.commit()

    assert client.get(approvals).status_code == 404
    assert client.get(of_lab, headers={"If-None-Match": before}).status_code == 200
    assert only_event(client, of_lab)["SUMMARY"] == "Busy: Raman spectrometer"


def test_what_happens_to_a_feed_is_recorded(app: Flask, cast: Cast) -> None:
    feed, _ = make(cast)
    replace_link(actor=cast.booker, feed_id=feed.id)
    end_feed(actor=cast.booker, feed_id=feed.id)

    told = db.session.execute(
        select(EventRecord.name, EventRecord.actor_id).where(
            EventRecord.subject_kind == "feed", EventRecord.subject_id == feed.id
        )
    ).all()
    assert told == [(name, cast.booker.id) for name in ("FeedCreated", "FeedLinkReplaced", "FeedEnded")]


@both_databases
def test_the_calendar_of_retired_equipment_is_for_whom_its_page_is(
    client: FlaskClient, cast: Cast, save: Save
) -> None:
    kept = {who: address(getattr(cast, who), cast.raman) for who in ("booker", "technician", "liaison")}
    of_unit = address(cast.booker, cast.raman.units[0])
    cast.raman.status = EquipmentStatus.RETIRED
    save()

    assert [client.get(path).status_code for path in kept.values()] == [404, 200, 200]
    assert client.get(of_unit).status_code == 404
    for thing in (cast.raman, cast.raman.units[0]):
        for stranger in (cast.booker, cast.other_manager):
            with pytest.raises(NotFound):
                address(stranger, thing)
        assert address(cast.manager, thing)
