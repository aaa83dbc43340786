"""python -m tools.bench [SIZE ...]: measures, prints a table, and fails when a promise is broken.

Each call is timed in turn with its two floors — the same SQL through the bare driver, and a view that
makes one SELECT — so that a busy machine slows all three alike and the ratios stay true.
"""

import math
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

os.environ.update(KARGAH_ENV="testing", SECRET_KEY="for the bench only, and long enough")  # before the app

from flask import Flask

from app import create_app
from app.extensions import db
from tools.bench import plans
from tools.bench.cases import Case, add_floor, cases, floor
from tools.bench.history import NOW, fill
from tools.bench.recording import recorded, replay, timed

SIZES = (10_000, 100_000, 1_000_000)
WARM_UP = 5
ROUNDS = 60
MOST_GROWTH = 2.0


@dataclass(frozen=True)
class Result:
    """Medians in milliseconds, and the statements of one call."""

    call: float
    sql: float
    select: float
    statements: int


def main(sizes: list[int]) -> int:
    results: dict[str, dict[int, Result]] = {}
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="kargah-bench-") as folder:
        for size in sizes:
            app = _application(Path(folder) / f"{size}.db")
            print(f"filling a database with {size:,} claims", flush=True)
            fill(app, size)
            with app.app_context():
                for case in cases(app):
                    result, faults = measure(app, case)
                    results.setdefault(case.name, {})[size] = result
                    most = (case.most_ms or {}).get(db.engine.dialect.name)
                    if most is not None and result.call > most:
                        faults.append(f"{result.call:.0f} ms, and {most:.0f} were promised")
                    broken += [f"{case.name} at {size:,}: {fault}" for fault in faults]
                db.engine.dispose()
    print(table(results, sizes))
    broken += grown(results)
    print("\n".join(["", "Broken promises:", *broken] if broken else ["", "Every promise is kept."]))
    return 1 if broken else 0


def measure(app: Flask, case: Case) -> tuple[Result, list[str]]:
    """The medians of the call and its floors, and the faults of its query plans."""
    engine, select = db.engine, floor(app)
    # PostgreSQL counts on when it rolls back: rows made anew have other numbers than those written down.
    again = not (case.writes and engine.dialect.name == "postgresql")
    calls, bare, selects = [], [], []
    for number in range(WARM_UP + ROUNDS):
        with recorded(engine, commits=not case.writes) as recording:
            case.ask()
        times = timed(case.ask), replay(engine, recording) if again else math.nan, timed(select)
        if number >= WARM_UP:
            for kept, seconds in zip((calls, bare, selects), times, strict=True):
                kept.append(seconds * 1000)
    faults = [fault for step in plans.searches_of_claims(recording) for fault in plans.faults(engine, step)]
    statements = sum(step.statement is not None for step in recording.steps)
    return Result(*map(statistics.median, (calls, bare, selects)), statements), faults


def table(results: dict[str, dict[int, Result]], sizes: list[int]) -> str:
    """The results as a table, times as milliseconds."""
    lines = [
        "| call | claims | ms | bare SQL ms | one SELECT ms | × bare SQL | × one SELECT | statements |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, by_size in results.items():
        for size in sizes:
            one = by_size[size]
            lines.append(
                f"| {name} | {size:,} | {one.call:.2f} | {one.sql:.2f} | {one.select:.2f}"
                f" | {one.call / one.sql:.1f} | {one.call / one.select:.1f} | {one.statements} |"
            )
    return "\n".join(lines)


def grown(results: dict[str, dict[int, Result]]) -> list[str]:
    """The calls that a longer history makes more than twice as slow."""
    found = []
    for name, by_size in results.items():
        first, last = by_size[min(by_size)].call, by_size[max(by_size)].call
        print(f"{name}: × {last / first:.2f} from {min(by_size):,} to {max(by_size):,} claims")
        if last > first * MOST_GROWTH:
            found.append(f"{name} takes {last / first:.1f} times as long with a longer history")
    return found


def _application(file: Path) -> Flask:
    url = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{file}")
    instant = NOW.isoformat()
    app = create_app({"SQLALCHEMY_DATABASE_URI": url, "KARGAH_NOW": instant, "RATELIMIT_ENABLED": False})
    add_floor(app)
    return app


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or list(SIZES)))
