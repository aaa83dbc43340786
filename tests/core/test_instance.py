"""The identity of an installation."""

from collections.abc import Callable

from flask import Flask

from app.core.instance import instance_id
from tests.databases import both_databases


@both_databases
def test_it_stays_the_same_whatever_the_address_is(make_app: Callable[..., Flask]) -> None:
    seen = set()
    for address in ("https://one.example", "https://two.example"):
        with make_app(PUBLIC_URL=address).app_context():
            seen.add(instance_id())
    assert len(seen) == 1
