"""Every job that a feature wrote is registered, once and under one name."""

import ast
from collections.abc import Iterator

from app import registry
from tests.house.reading import Source, python_of


def written(sources: list[Source]) -> Iterator[str]:
    """The public functions of each feature's jobs.py, as 'app.booking.jobs.expire_requests'."""
    for source in sources:
        parts = source.path.removesuffix(".py").split("/")
        if parts[-1] == "jobs" and parts[1] != "core":
            for node in source.tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield ".".join([*parts, node.name])


def registered() -> list[str]:
    return [f"{job.work.__module__}.{job.work.__qualname__}" for job in registry.JOBS]


def test_every_job_is_registered() -> None:
    assert set(written(python_of("app"))) - set(registered()) == set()


def test_no_job_is_registered_twice() -> None:
    names = [job.name for job in registry.JOBS]

    assert len(set(names)) == len(names) == len(set(registered()))


def test_a_forgotten_job_would_be_found() -> None:
    planted = Source(
        "app/booking/jobs.py", "def release_no_shows():\n    return _all()\n\n\ndef _all(): ...\n"
    )

    assert list(written([planted])) == ["app.booking.jobs.release_no_shows"]
    assert "app.booking.jobs.release_no_shows" not in registered()
