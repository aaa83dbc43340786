"""Fifty people press the same button at the same moment, on a real server with several processes."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.occupancy.models import Claim
from tests.api.caller import token_of
from tests.cast import NOW, Cast
from tests.concurrency.calling import Reply, post_at_once
from tests.databases import both_databases
from tests.serving import serving

TOMORROW = NOW.replace(hour=5, minute=30) + timedelta(days=1)


def wish(equipment_id: int, hour: int, quantity: int = 1) -> dict[str, Any]:
    return {
        "equipment": [{"id": equipment_id, "quantity": quantity}],
        "starts_at": (TOMORROW + timedelta(hours=hour)).isoformat(),
        "ends_at": (TOMORROW + timedelta(hours=hour + 1)).isoformat(),
        "purpose": "The same wish",
        "mode": "self",
    }


def post_from_everywhere(
    url: str, folder: Path, tokens: list[str], wishes: list[dict[str, Any]], workers: int
) -> list[list[Reply]]:
    """Each wish in turn, from all the tokens at once."""
    db.session.remove()
    with serving(url, folder, workers=workers, KARGAH_NOW=NOW.isoformat()) as server:
        return [post_at_once(server.address, tokens, body) for body in wishes]


@pytest.mark.parametrize(
    "dialect",
    # A server and its processes take most of the time: of one database here, of both in the long tests.
    [pytest.param("sqlite", marks=pytest.mark.long), pytest.param("postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)
def test_of_fifty_equal_posts_exactly_as_many_are_served_as_there_is_room(
    app: Flask, cast: Cast, database_url: str, tmp_path: Path
) -> None:
    tokens = [token_of(cast.booker), token_of(cast.rival)] * 25
    wishes = [wish(cast.raman.id, 0), wish(cast.stations.id, 0)]

    single, pool = post_from_everywhere(database_url, tmp_path, tokens, wishes, workers=2)

    assert statuses(single) == {201: 1, 409: 49}
    assert statuses(pool) == {201: 4, 409: 46}
    refused = [reply.body for reply in (*single, *pool) if reply.status == 409]
    assert {body["code"] for body in refused} == {"slot-taken"}
    assert all(body["conflicts"] and body["alternatives"] for body in refused)
    assert db.session.scalar(select(func.count(Claim.id))) == 1 + 4


@pytest.mark.long
@both_databases
@pytest.mark.parametrize("workers", [1, 3, 4])
def test_however_many_processes_serve(
    app: Flask, cast: Cast, database_url: str, tmp_path: Path, workers: int
) -> None:
    tokens = [token_of(cast.booker), token_of(cast.rival)] * 25
    wishes = [wish(cast.raman.id, hour) for hour in range(6)]

    rounds = post_from_everywhere(database_url, tmp_path, tokens, wishes, workers)

    assert [statuses(replies) for replies in rounds] == [{201: 1, 409: 49}] * len(wishes)
    assert db.session.scalar(select(func.count(Claim.id))) == len(wishes)


def statuses(replies: list[Reply]) -> Counter[int]:
    return Counter(reply.status for reply in replies)
