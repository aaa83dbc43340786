"""What import-linter (pyproject.toml) cannot say for every feature at once."""

import ast
from collections.abc import Iterator

from tests.house.reading import Source, python_of

PRIVATE = frozenset({"views", "forms", "notices", "reactions", "jobs"})
NOT_FEATURES = frozenset({"core", "extensions", "web"})
SPEAKS_HTTP = ("views", "forms")


def imported(source: Source) -> Iterator[tuple[ast.stmt, str]]:
    """Every module that the file may be importing: of `from a import b` both a and a.b."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def strangers_in_private(sources: list[Source]) -> Iterator[str]:
    """Imports of a feature's edge modules from outside that feature and the registry."""
    for source in sources:
        for node, name in imported(source):
            parts = name.split(".")
            if len(parts) != 3 or parts[0] != "app" or parts[1] in NOT_FEATURES or parts[2] not in PRIVATE:
                continue
            if source.path != "app/registry.py" and not source.path.startswith(f"app/{parts[1]}/"):
                yield f"{source.at(node)} imports {name}"


def database_at_the_edge(sources: list[Source]) -> Iterator[str]:
    """Views, forms and the API that take hold of the database session."""
    for source in sources:
        parts = source.path.removesuffix(".py").split("/")
        if parts[1] != "api" and not (len(parts) > 2 and parts[2] in SPEAKS_HTTP):
            continue
        for node, name in imported(source):
            if name == "app.extensions.db":
                yield f"{source.at(node)} imports {name}"


def test_edge_modules_are_private() -> None:
    assert list(strangers_in_private(python_of("app"))) == []


def test_a_stranger_in_private_rooms_would_be_found() -> None:
    stranger = Source("app/site/views.py", "from app.booking import forms\n")
    friends = [
        Source("app/booking/views.py", "from app.booking.forms import BookingForm\n"),
        Source("app/registry.py", "from app.booking import views\n"),
        Source("app/booking/jobs.py", "from app.core.jobs import Job\n"),
    ]

    found = list(strangers_in_private([stranger, *friends]))

    assert found == ["app/site/views.py:1 imports app.booking.forms"]


def test_views_do_not_hold_the_database() -> None:
    assert list(database_at_the_edge(python_of("app"))) == []


def test_a_view_with_the_database_in_hand_would_be_found() -> None:
    planted = [
        Source("app/booking/views/request.py", "from app.extensions import db\n"),
        Source("app/api/v1/bookings.py", "from app.extensions import csrf, db\n"),
        Source("app/booking/services/request.py", "from app.extensions import db\n"),
    ]

    assert len(list(database_at_the_edge(planted))) == 2
