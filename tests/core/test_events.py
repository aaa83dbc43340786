"""Facts that are told, and facts of long ago that are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import events
from app.core.db import unit_of_work
from app.core.event_log import EventRecord
from app.core.events import Event, publish, subscribe, subscribe_teller, subscribe_together, untold
from app.extensions import db


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(Event):
    subject_kind: ClassVar[str] = "kettle"


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who was called, by what they listen as."""
    found: list[str] = []
    monkeypatch.setattr(events, "_tellers", set(events._tellers))
    monkeypatch.setattr(events, "_listeners", dict(events._listeners))
    monkeypatch.delitem(events._subscribers, KettleBoiled, raising=False)

    def react(_event: KettleBoiled) -> None:
        found.append("reaction")

    def tell(_event: KettleBoiled) -> None:
        found.append("teller")

    def tell_all(boiled: Sequence[KettleBoiled]) -> None:
        found.append(f"of {len(boiled)}")

    subscribe(KettleBoiled, react)
    subscribe_teller(KettleBoiled, tell)
    subscribe_together([KettleBoiled], tell_all)
    return found


@unit_of_work
def boil() -> None:
    publish(KettleBoiled(actor_id=None, subject_id=1))


def test_a_fact_is_told(app: Flask, heard: list[str]) -> None:
    boil()
    assert heard == ["reaction", "teller", "of 1"]


def test_what_happened_long_ago_is_recorded_and_told_to_nobody(app: Flask, heard: list[str]) -> None:
    with untold():
        boil()
    boil()
    assert heard == ["reaction", "reaction", "teller", "of 1"]
    rows = db.session.scalars(select(EventRecord).where(EventRecord.subject_kind == "kettle")).all()
    assert len(rows) == 2
