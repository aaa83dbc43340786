"""What a guide is made of: enough for one page of A4, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString


@dataclass(frozen=True)
class Step:
    """One thing that somebody does, and in a sentence or three how."""

    title: LazyString
    text: LazyString


@dataclass(frozen=True)
class Picture:
    """A part of a page as it looks with demo data. `name`: of its file, one for each language."""

    name: str
    caption: LazyString

    def file(self, language: str) -> str:
        """Where it is among the static files."""
        return f"guides/{language}/{self.name}.webp"


@dataclass(frozen=True)
class Guide:
    """For one kind of person. `start`: the endpoint of the page on which their day begins."""

    slug: str
    icon: str
    title: LazyString
    lead: LazyString
    start: str
    steps: Sequence[Step]
    pictures: Sequence[Picture]
    notes: Sequence[LazyString]
