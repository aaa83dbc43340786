"""Menus and badges. Features provide entries; the registry wires them; this file knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import request, url_for
from flask_login import current_user
from sqlalchemy import Select

from app.core.counting import Count, count_all


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place to go: its endpoint, its words, and how many things wait there."""

    endpoint: str
    label: str
    icon: str
    short: str | None = None
    """A shorter word for the bar of a phone."""
    count: int | Count = 0
    """Where it is a selection, it is counted with those of all others in one question."""
    only_if: Count | None = None
    """Shown only where this counts something."""
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


@dataclass(frozen=True)
class Frame:
    """The entries around a page, each with its number."""

    menu: list[Entry]
    tools: list[Entry]
    account: list[Entry]


def frame() -> Frame:
    """What stands around the page being written, for whoever asks now; one question for all numbers."""
    parts = [[entry for provide in part for entry in provide()] for part in (_menu, _tools, _account)]
    counted = _counted([entry for part in parts for entry in part])
    return Frame(*([_shown(entry, counted) for entry in part if _is_there(entry, counted)] for part in parts))


def places() -> list[Entry]:
    """Where whoever asks can go from every page, without the numbers and what only stands there at times."""
    entries = [entry for part in (_menu, _tools, _account) for provide in part for entry in provide()]
    return [entry for entry in entries if not entry.posts and entry.only_if is None]


def standing() -> str:
    return next((said() for said in _standing), "")


def _counted(entries: list[Entry]) -> dict[int, int]:
    """The numbers of all selections of the entries, by the selection's identity."""
    asked = [one for entry in entries for one in (entry.count, entry.only_if) if isinstance(one, Select)]
    return dict(zip(map(id, asked), count_all(asked), strict=True))


def _is_there(entry: Entry, counted: dict[int, int]) -> bool:
    return entry.only_if is None or counted[id(entry.only_if)] > 0


def _shown(entry: Entry, counted: dict[int, int]) -> Entry:
    count = counted.get(id(entry.count), 0) if isinstance(entry.count, Select) else entry.count
    return replace(entry, count=count, only_if=None, here=_here(entry))


def _here(entry: Entry) -> str | None:
    if request.endpoint == entry.endpoint:
        return "page"
    is_below = entry.url != "/" and request.path.startswith(f"{entry.url}/")
    return "true" if is_below else None


def is_signed_in() -> bool:
    return bool(current_user.is_authenticated)
