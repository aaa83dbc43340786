"""What we import is pinned, what is pinned is imported, and nothing names where packages come from."""

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

from tests.house.reading import ROOT, Source, python_of
from tests.house.test_layers import imported

OWN = frozenset({"app", "config", "wsgi", "tests", "migrations", "tools", "bench"})
NOT_IMPORTED = {
    "brotli": "how the fonts of the pages are compressed, for tools/fonts.py",
    "fonttools": "makes the fonts of PDF files from them, in tools/fonts.py",
    "gunicorn": "the server that make run and make serve start",
    "psycopg": "the driver named by postgresql+psycopg://",
    "tzdata": "the time zones of machines that bring none",
    "uharfbuzz": "how fpdf2 joins Persian letters",
}
REGISTRY = re.compile(r'"resolved":\s*"|--(extra-)?index-url|--find-links|^registry\s*=', re.MULTILINE)


def normal(name: str) -> str:
    """PEP 503: the one spelling of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(requirements: str) -> set[str]:
    """The distributions that a requirements.in asks for."""
    lines = (line.split("#")[0].strip() for line in requirements.splitlines())
    return {normal(re.split(r"[\[<>=!~; ]", line)[0]) for line in lines if line and not line.startswith("-")}


def imports(sources: list[Source]) -> dict[str, str]:
    """The distributions that are imported, each with one place."""
    distributions = packages_distributions()
    found: dict[str, str] = {}
    for source in sources:
        for node, name in imported(source):
            top = name.split(".")[0]
            if top in OWN or top in sys.stdlib_module_names:
                continue
            for distribution in distributions.get(top, [top]):
                found.setdefault(normal(distribution), source.at(node))
    return found


def undeclared(sources: list[Source], requirements: str) -> Iterator[str]:
    asked = wanted(requirements)
    for name, place in imports(sources).items():
        if name not in asked and name not in NOT_IMPORTED:
            yield f"{place} imports {name}, which requirements.in does not name"


def unused(sources: list[Source], requirements: str) -> set[str]:
    return wanted(requirements) - set(imports(sources)) - set(NOT_IMPORTED)


def unpinned(requirements_txt: str) -> list[str]:
    """Lines that name a package without a version, or a version without a hash."""
    entries = re.split(r"\n(?=\S)", requirements_txt.strip())
    return [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]


def registries(sources: list[Source]) -> list[str]:
    return [source.path for source in sources if REGISTRY.search(source.text)]


def test_what_is_imported_is_asked_for_and_nothing_else() -> None:
    requirements = (ROOT / "requirements.in").read_text()
    sources = python_of("app", "config.py", "wsgi.py", "migrations")

    assert list(undeclared(sources, requirements)) == []
    assert unused(sources, requirements) == set()


def test_a_wrong_dependency_would_be_found() -> None:
    planted = [Source("app/x.py", "import json\nimport nobody\nfrom flask import g\n")]

    assert list(undeclared(planted, "flask")) == [
        "app/x.py:2 imports nobody, which requirements.in does not name"
    ]
    assert unused(planted, "Flask>=3\nsegno # QR\n-c other.txt\n") == {"segno"}


def test_everything_is_pinned_and_hashed() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "tools/node-requirements.txt"):
        assert unpinned((ROOT / name).read_text()) == []
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert all("integrity" in package for path, package in lock["packages"].items() if path)


def test_an_unpinned_package_would_be_found() -> None:
    assert unpinned("flask>=3\nclick==8 \\\n    --hash=sha256:00\nx==1\n") == ["flask>=3", "x==1"]


def test_no_file_says_where_packages_come_from() -> None:
    names = ["package-lock.json", ".npmrc", "requirements.txt", "requirements-dev.txt", "Makefile", ".ci/run"]

    assert registries([Source.read(ROOT / name) for name in names]) == []


def test_a_registry_would_be_found() -> None:
    planted = [Source("package-lock.json", '"resolved": "https://x"'), Source(".npmrc", "registry=https://x")]

    assert len(registries(planted)) == 2
