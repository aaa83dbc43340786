"""python -m tools.bench.pages [--paint]: every page of a small site and of the fullest.

Fails on a broken promise: at most 15 questions a page, as many for much as for little; and of the day of
200 equipment with 2000 entries 300 ms at the server in 95 of 100 cases, 60 KB of compressed HTML, and no
task above 200 ms in a browser.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.update(KARGAH_ENV="testing", SECRET_KEY="for the bench only, and long enough")  # before the app

from flask import Flask

from app import create_app
from app.extensions import db
from tools.bench.history import NOW
from tools.bench.pages.crowd import fill
from tools.bench.pages.measure import Cost, cost, visitor
from tools.bench.pages.paint import paint

SMALL, FULL = {"equipment": 12, "each": 2}, {"equipment": 200, "each": 10}
MOST_QUERIES = 15
DAY = "/calendar"
MOST_MS, MOST_OCTETS, MOST_TASK_MS = 300.0, 60 * 1024, 200.0
ROUNDS, ROUNDS_OF_DAY = 5, 40
NOT_PAGES = ("/api/", "/static/", "/assets/", "/healthz", "/readyz", "/metrics", "/calendars/", "/answer/")
MORE = {
    None: [
        "/calendar?view=week",
        "/calendar?view=month",
        "/calendar?view=list",
        "/equipment/1",
        "/find?q=instrument",
        "/calendar/entries/b1",
        "/guide/company",
        "/labs/lab-1",
        "/labs/lab-1/sign",
    ],
    "booker1@example.com": [
        "/calendar?bookable=1",
        "/calendar?view=month",
        "/bookings/new?equipment=1&date=2026-11-29&start=10:00&end=11:00",
        "/bookings/KG-1",
        "/bookings/KG-20",
        "/bookings/KG-20/cancel",
        "/bookings/KG-20/move",
        "/bookings/KG-20/visitors",
        "/calendar/entries/b20",
        "/equipment/1/fault",
        "/units/1/here",
    ],
    "manager@example.edu": [
        "/calendar?view=week",
        "/calendar?rows=category",
        "/bookings?whose=labs",
        "/approvals?at=3",
        "/labs/lab-1/day",
        "/labs/lab-1/wall",
        "/equipment/1",
        "/search?q=instrument",
        "/bookings/KG-20",
        "/bookings/KG-20/propose",
        "/gate?day=2026-11-22",
        "/outages/new?equipment=1&kind=maintenance&from=2026-11-24T09:00&to=2026-11-24T11:00",
        "/reports?period=month",
        "/admin/authorisations/lab/1",
        "/admin/hours/equipment/1",
        "/admin/hours/lab/1",
        "/admin/labs/1",
        "/admin/maintenance/new?equipment=1",
        "/admin/quotas/lab/1",
        "/admin/refusals/lab/1",
    ],
    "admin@example.edu": [
        "/admin/categories/1",
        "/admin/equipment/1",
        "/admin/equipment/1/along",
        "/admin/organisations/2",
        "/admin/organisations/2/agreements",
        "/admin/people/1",
        "/admin/rules/equipment/1",
        "/admin/rules/lab/1",
        "/admin/sites/1",
        "/admin/units/1",
        "/organisation/2",
    ],
}

Costs = dict[tuple[str | None, str], Cost]


def main(*, paints: bool) -> int:
    with tempfile.TemporaryDirectory(prefix="kargah-pages-") as folder:
        few = _costs(_application(Path(folder) / "few.db", **SMALL))
        full_app = _application(Path(folder) / "full.db", **FULL)
        full = _costs(full_app)
        painted = paint(full_app, _pages(full_app), _cookies(full_app)) if paints else {}
    broken = []
    print(f"{'who':22} {'page':58} {'ms':>6} {'p95':>6} {'SQL':>4} {'few':>4} {'KB gz':>6} {'paint':>6} task")
    for (who, path), one in full.items():
        drawn, task = painted.get((who, path), (float("nan"), float("nan")))
        small = few[who, path]
        print(
            f"{who or '-':22} {path[:58]:58} {one.median:6.0f} {one.p95:6.0f} {one.queries:4}"
            f" {small.queries:4} {one.octets / 1024:6.1f} {drawn:6.0f} {task:5.0f}"
        )
        broken += [f"{who or 'a visitor'}, {path}: {fault}" for fault in _faults(path, one, small, task)]
    print(*(broken or ["", "Every promise is kept."]), sep="\n")
    return 1 if broken else 0


def _faults(path: str, one: Cost, few: Cost, task: float) -> list[str]:
    found = []
    if one.queries > MOST_QUERIES:
        found.append(f"{one.queries} questions")
    if one.queries > few.queries + 1:
        found.append(f"{one.queries} questions, and {few.queries} of a small site")
    if path == DAY and one.p95 > MOST_MS:
        found.append(f"{one.p95:.0f} ms in 95 of 100 cases")
    if path == DAY and one.octets > MOST_OCTETS:
        found.append(f"{one.octets} octets")
    if path == DAY and task > MOST_TASK_MS:
        found.append(f"a task of {task:.0f} ms")
    return found


def _application(path: Path, *, equipment: int, each: int) -> Flask:
    app = create_app(
        {
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}",
            "KARGAH_NOW": NOW.isoformat(),
            "RATELIMIT_ENABLED": False,
        }
    )
    fill(app, equipment=equipment, each=each)
    return app


def _pages(app: Flask) -> dict[str | None, list[str]]:
    """The pages without parameters, as each person, and some of those with one."""
    plain = sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments and not rule.rule.startswith(NOT_PAGES)
    )
    return {who: [*plain, *more] for who, more in MORE.items()}


def _costs(app: Flask) -> Costs:
    found: Costs = {}
    for who, paths in _pages(app).items():
        client = visitor(app, who)
        for path in paths:
            one = cost(app, client, path, ROUNDS_OF_DAY if path == DAY else ROUNDS)
            if one.status == 200:
                found[who, path] = one
    with app.app_context():
        db.engine.dispose()
    return found


def _cookies(app: Flask) -> dict[str | None, str]:
    found: dict[str | None, str] = {}
    for who in filter(None, MORE):
        cookie = visitor(app, who).get_cookie("session")
        found[who] = cookie.value if cookie else ""
    return found


if __name__ == "__main__":
    sys.exit(main(paints="--paint" in sys.argv[1:]))
