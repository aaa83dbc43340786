"""What a day brings to a person. Features say it; the registry wires them; this file knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing, and the one step that comes next."""

    text: str
    """What it is, as a sentence or the name of a thing."""
    url: str
    action: str
    """What one does there."""
    detail: str = ""
    at: datetime | None = None
    """When it takes place; None: it waits already, or can be read at any time."""
    zone: ZoneInfo | None = None
    """The zone of `at`."""
    is_news: bool = False
    """It asks for nothing: something was decided."""


Provider = Callable[[ZoneInfo], list[Line]]
"""The lines for whoever asks now, in the reader's language, in a fixed number of queries. The zone is that
of the reader's day."""

_providers: list[Provider] = []


def provide(*providers: Provider) -> None:
    """Take the features' providers, in the order in which what waits is shown."""
    _providers[:] = providers


def lines(zone: ZoneInfo) -> list[Line]:
    return [line for provider in _providers for line in provider(zone)]
