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
    posts: bool = False
    """It changes something (signing out), so it is a button and not a link."""
    here: str | None = None
    """page: this is the page shown; true: the page shown is below it; None: neither."""

    @property
    def url(self) -> str:
        return url_for(self.endpoint)


Provider = Callable[[], list[Entry]]
"""The entries for whoever asks now (flask_login.current_user), in the reader's language."""

Standing = Callable[[], str]
"""In whose name the person who asks acts: an organisation or a lab; "" for nobody's."""

_menu: list[Provider] = []
_tools: list[Provider] = []
_account: list[Provider] = []
_standing: list[Standing] = []


def provide(
    *,
    menu: tuple[Provider, ...],
    tools: tuple[Provider, ...],
    account: tuple[Provider, ...],
    standing: Standing,
) -> None:
    """Take the providers of the menu, of the corner, and of what hangs below the person's name."""
    _menu[:], _tools[:], _account[:], _standing[:] = menu, tools, account, [standing]


def menu() -> list[Entry]:
    return _entries(_menu)


def tools() -> list[Entry]:
    return _entries(_tools)


def account() -> list[Entry]:
    return _entries(_account)


def standing() -> str:
    return next((said() for said in _standing), "")


def _entries(providers: list[Provider]) -> list[Entry]:
    return [replace(entry, here=_here(entry)) for provider in providers for entry in provider()]


def _here(entry: Entry) -> str | None:
    if request.endpoint == entry.endpoint:
        return "page"
    is_below = entry.url != "/" and request.path.startswith(f"{entry.url}/")
    return "true" if is_below else None


def is_signed_in() -> bool:
    return bool(current_user.is_authenticated)
