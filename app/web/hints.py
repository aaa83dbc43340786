"""What a page says of itself to who is new to it. The site declares it; this file says which to show."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import LazyString


@dataclass(frozen=True)
class Hint:
    """A few sentences about one page, until the reader has put them away. `slug`: how that is remembered."""

    slug: str
    sentences: Sequence[LazyString]
    by_keyboard: Sequence[LazyString] = ()
    """What is of use where there are keys: not said on a phone."""


Seen = Callable[[], Collection[str]]
"""The slugs that whoever asks now has put away."""

_hints: dict[str, Hint] = {}
_seen: list[Seen] = []


def provide(hints: Mapping[str, Hint], *, seen: Seen) -> None:
    """Take the hints by the endpoints of their pages."""
    _hints.clear()
    _hints.update(hints)
    _seen[:] = [seen]


def hint() -> Hint | None:
    """What is said on the page being written, if anything."""
    found = _hints.get(request.endpoint or "")
    return found if found and not any(found.slug in seen() for seen in _seen) else None
