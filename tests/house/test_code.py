"""Rules about the code that no linter knows: one commit site, one clock, sizes, names."""

import ast
import re
from collections.abc import Iterator

from tests.house.reading import Source, calls_in, python_of

COMMIT_SITE = "app/core/db.py"
ROLLS_BACK = "app/occupancy/services/canary.py"
"""It begins a transaction by hand in order to undo it."""
CLOCK = "app/core/clock.py"
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
EMPTY_NAMES = re.compile(r"(^|/)(utils?|helpers?|common|misc)(\.py$|/)")
READS_THE_TIME = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.time|func\.now)$")


def commits(sources: list[Source]) -> Iterator[str]:
    """Where a transaction is committed outside unit_of_work(), by its name or by `with ….begin():`."""
    for source in sources:
        if source.path == COMMIT_SITE:
            continue
        ends = {item.context_expr for node in ast.walk(source.tree) for item in getattr(node, "items", [])}
        for call, name in calls_in(source):
            by_block = name.endswith(".begin") and call in ends and source.path != ROLLS_BACK
            if name.endswith(".commit") or by_block:
                yield f"{source.at(call)}: {name}()"


def readers_of_time(sources: list[Source]) -> Iterator[str]:
    """Where the time is asked of the machine instead of core.clock."""
    for source in sources:
        for call, name in calls_in(source):
            if READS_THE_TIME.search(name) and source.path != CLOCK:
                yield f"{source.at(call)}: {name}()"


def too_long(sources: list[Source]) -> Iterator[str]:
    for source in sources:
        if len(source.lines) > LONGEST_FILE:
            yield f"{source.path}: {len(source.lines)} lines"
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    yield f"{source.at(node)}: {node.name} has {lines} lines"


def names_that_say_nothing(sources: list[Source]) -> list[str]:
    return [source.path for source in sources if EMPTY_NAMES.search(source.path)]


def imports_inside_functions(sources: list[Source]) -> Iterator[str]:
    """An import inside a function dodges a circle, and a circle is a design error."""
    for source in sources:
        for function in ast.walk(source.tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Import | ast.ImportFrom):
                        yield source.at(node)


def without_docstring(sources: list[Source]) -> Iterator[str]:
    """Modules that do not say what they are for (empty ones need not)."""
    for source in sources:
        if source.tree.body and ast.get_docstring(source.tree) is None:
            yield source.path


def test_only_the_unit_of_work_commits() -> None:
    assert list(commits(python_of("app"))) == []


def test_a_second_commit_site_would_be_found() -> None:
    by_name = Source("app/booking/services/x.py", "from app.extensions import db\n\n\ndb.session.commit()\n")
    by_block = Source("app/demand/jobs.py", "with db.engine.begin() as connection:\n    pass\n")
    savepoint = Source("app/demand/services.py", "with db.session.begin_nested():\n    pass\n")

    assert list(commits([by_name, by_block, savepoint])) == [
        "app/booking/services/x.py:4: db.session.commit()",
        "app/demand/jobs.py:1: db.engine.begin()",
    ]
    assert list(commits(python_of(COMMIT_SITE))) == []
    assert ".commit()" in python_of(COMMIT_SITE)[0].text, (
        "the commit site has moved: this test looks elsewhere"
    )


def test_only_the_clock_reads_the_time() -> None:
    assert list(readers_of_time(python_of("app"))) == []


def test_another_reader_of_time_would_be_found() -> None:
    planted = Source("app/x.py", "import datetime\na = datetime.datetime.now(UTC)\nb = date.today()\n")

    assert len(list(readers_of_time([planted]))) == 2


def test_files_and_functions_are_short() -> None:
    assert list(too_long(python_of("app", "tests", "tools", "config.py"))) == []


def test_a_long_file_and_a_long_function_would_be_found() -> None:
    long_function = Source("app/x.py", "def f():\n" + "    f()\n" * LONGEST_FUNCTION)
    long_file = Source("app/y.py", "x = 1\n" * (LONGEST_FILE + 1))

    assert list(too_long([long_function, long_file])) == [
        "app/x.py:1: f has 51 lines",
        "app/y.py: 401 lines",
    ]


def test_names_say_something() -> None:
    assert names_that_say_nothing(python_of("app", "tests", "tools")) == []


def test_a_name_that_says_nothing_would_be_found() -> None:
    paths = ["app/booking/utils.py", "app/common/x.py", "tests/helpers.py", "app/communal.py"]

    assert names_that_say_nothing([Source(path, "") for path in paths]) == paths[:3]


def test_imports_stand_at_the_top() -> None:
    assert list(imports_inside_functions(python_of("app"))) == []


def test_an_import_inside_a_function_would_be_found() -> None:
    planted = Source("app/x.py", "def f():\n    from app import registry\n    return registry\n")

    assert list(imports_inside_functions([planted])) == ["app/x.py:2"]


def test_every_module_says_what_it_is_for() -> None:
    assert list(without_docstring(python_of("app", "migrations", "tools", "config.py"))) == []


def test_a_module_without_a_word_would_be_found() -> None:
    assert list(without_docstring([Source("app/x.py", "x = 1\n"), Source("app/y.py", "")])) == ["app/x.py"]
