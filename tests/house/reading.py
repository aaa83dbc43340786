"""What house tests read: our own sources, as text and as trees. A planted violation is a Source as well."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """A file of ours, named by its path from the top of the repository."""

    path: str
    text: str

    @classmethod
    def read(cls, file: Path) -> Self:
        return cls(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def at(self, node: ast.AST) -> str:
        """Where the node stands, as an editor opens it."""
        return f"{self.path}:{node.lineno}"  # type: ignore[attr-defined]


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def python_of(*folders: str) -> list[Source]:
    """Every Python file in these folders, or these files, from the top of the repository."""
    return [Source.read(file) for folder in folders for file in _files(ROOT / folder, "*.py")]


@cache
def templates() -> list[Source]:
    """Every template that becomes a page or a part of one (mails have rules of their own)."""
    return [source for source in _texts("*.html") if "/mail/" not in source.path]


@cache
def stylesheets() -> list[Source]:
    """Our own stylesheets."""
    return [source for source in _texts("*.css") if "/vendor/" not in source.path]


def _texts(pattern: str) -> list[Source]:
    return [Source.read(file) for file in _files(ROOT / "app", pattern)]


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    if folder.is_file():
        return iter([folder])
    return (file for file in sorted(folder.rglob(pattern)) if "vendor" not in file.parts)


def calls_in(source: Source) -> Iterator[tuple[ast.Call, str]]:
    """Every call in the file with the dotted name of what is called: 'db.session.commit'."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


def dotted(node: ast.AST) -> str:
    """'a.b.c' for such an expression; '.c' where what comes before the dot is no name; '' for others."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""
