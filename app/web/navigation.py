"""Menus and badges. Features provide entries; the registry wires them; this file knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import request, url_for
from flask_login import current_user


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place to go: its endpoint, its words, and how many things wait there."""

    endpoint: str
    label: str
    icon: str
    short: str | None = None
    """A shorter word for the bar of a phone."""
    count: int = 0
    is_here: bool = False

    @property
    def url(self) -> str:
        return url_for(self.endpoint)


Provider = Callable[[], list[Entry]]
"""The entries for whoever asks now (flask_login.current_user), in the reader's language."""

_menu: list[Provider] = []
_tools: list[Provider] = []


def provide(*, menu: tuple[Provider, ...], tools: tuple[Provider, ...]) -> None:
    """Take the providers of the menu and of the corner of the person, in their order."""
    _menu[:], _tools[:] = menu, tools


def menu() -> list[Entry]:
    return _entries(_menu)


def tools() -> list[Entry]:
    return _entries(_tools)


def _entries(providers: list[Provider]) -> list[Entry]:
    return [
        replace(entry, is_here=request.endpoint == entry.endpoint)
        for provider in providers
        for entry in provider()
    ]


def is_signed_in() -> bool:
    return bool(current_user.is_authenticated)
