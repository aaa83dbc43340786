"""Settings are read in one place and every one of them is explained."""

import ast
import re
from collections.abc import Iterator

from tests.house.reading import ROOT, Source, dotted, python_of

READER = "config.py"
SETS_FOR_CHILDREN = "app/cli/up.py"
"""It tells the programs that it starts where they are; app/__init__.py hands os.environ to config.py."""
ENVIRONS = ("environ", "os.environ")


def read_names(source: Source) -> set[str]:
    """The environment variables that the file names: environ.get("X"), environ["X"], "X" in environ."""
    found = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and dotted(node.func) in ("environ.get", "os.environ.get", "os.getenv"):
            found |= _names(node.args[:1])
        elif isinstance(node, ast.Subscript) and dotted(node.value) in ENVIRONS:
            found |= _names([node.slice])
        elif isinstance(node, ast.Compare) and dotted(node.comparators[0]) in ENVIRONS:
            found |= _names([node.left])
    return found


def _names(nodes: list[ast.expr]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def explained(document: str) -> set[str]:
    """The variables that have a row in the first table of the document, as `| `NAME` | …`."""
    settings, _, _ = document.partition("## Commands")
    return set(re.findall(r"^\| `([A-Z_]+)` \|", settings, re.MULTILINE))


def reads_elsewhere(sources: list[Source]) -> Iterator[str]:
    for source in sources:
        if source.path not in (READER, SETS_FOR_CHILDREN):
            for name in sorted(read_names(source)):
                yield f"{source.path} reads {name}"


def test_every_setting_is_explained_and_every_explanation_is_of_a_setting() -> None:
    names = read_names(Source.read(ROOT / READER))

    assert names == explained((ROOT / "docs" / "settings.md").read_text())


def test_an_unexplained_setting_would_be_found() -> None:
    planted = Source(READER, 'a = environ.get("ONE", "")\nb = "TWO" in environ\nc = os.environ["THREE"]\n')

    assert read_names(planted) == {"ONE", "TWO", "THREE"}
    assert explained("| `ONE` | first |\n## Commands\n| `TWO` | second |") == {"ONE"}


def test_only_config_reads_the_environment() -> None:
    assert list(reads_elsewhere(python_of("app", "config.py"))) == []


def test_another_reader_of_the_environment_would_be_found() -> None:
    planted = Source("app/web/x.py", 'import os\nos.environ.get("DEBUG")\n')

    assert list(reads_elsewhere([planted])) == ["app/web/x.py reads DEBUG"]
