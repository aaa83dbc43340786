"""One search over everything. Features provide sources; the registry wires them; this knows none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.core.spelling import Known
from app.core.text import ascii_digits, fold, one_line

LONGEST = 200
SHOWN = 6
"""Hits of one source; the rest is a page of the source's own."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing that was found, and where it is."""

    title: str
    url: str
    detail: str = ""
    reference: str = ""
    """What people read to each other, for what has such a number."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """What one source found, the best first."""

    title: str
    icon: str
    hits: list[Hit]
    more: str | None = None
    """The page on which the same words find the rest; None where this is all."""


def _nothing() -> Iterable[str]:
    return ()


def _no_address(_text: str) -> str | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a feature looks, for whoever asks now: never further than that person may see."""

    find: Callable[[str], Group | None]
    """What every word of the text is about, in a fixed number of queries."""
    names: Callable[[], Iterable[str]] = _nothing
    """What things are called that this person may see: the words that a mistyped one may have meant."""
    named: Callable[[str], str | None] = _no_address
    """The address of the one thing with exactly this reference."""


_sources: list[Source] = []


def provide(*sources: Source) -> None:
    """Take the features' sources, in the order in which what they find is shown."""
    _sources[:] = sources


def asked(text: str) -> str:
    """What was typed, as it is looked for."""
    return one_line(text[:LONGEST])


def address_of(text: str) -> str | None:
    """Where the one thing with this reference is, however its digits were typed; None for no reference."""
    reference = ascii_digits(text).upper()
    return next((url for source in _sources if (url := source.named(reference))), None)


def groups_about(text: str) -> list[Group]:
    """What the words find, source by source. Words without a letter or a digit find nothing."""
    if not fold(text):
        return []
    return [group for source in _sources if (group := source.find(text)) and group.hits]


def mended(text: str) -> str | None:
    """What was meant by words that find nothing, of the names that whoever asks may see; None: no idea."""
    return Known(name for source in _sources for name in source.names()).mended(text)
