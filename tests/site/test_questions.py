"""No page asks the database more than fifteen questions, whoever opens it."""

import pytest
from flask import Flask

from app.extensions import db
from tests.browser.site_map import PATHS, furnished, plain_pages
from tests.cast import Cast
from tests.databases import both_databases
from tests.visitor import Visitor
from tools.bench.recording import recorded

pytestmark = both_databases

MOST = 15


@pytest.mark.parametrize("who", PATHS)
def test_every_page_is_content_with_few_questions(app: Flask, client: Visitor, cast: Cast, who: str) -> None:
    ids = furnished(app, cast)
    if who != "visitor":
        client.sign_in(getattr(cast, who))
    asked = {}
    for path in [*plain_pages(app), *(path.format(**ids) for path in PATHS[who])]:
        with recorded(db.engine) as recording:
            client.get(path)
        asked[path] = len(recording.selects)
    assert {path: many for path, many in asked.items() if many > MOST} == {}
