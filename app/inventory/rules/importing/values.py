"""What people write in the cells of their lists, understood. Pure."""

import re
from collections.abc import Iterable
from datetime import date

from app.core.jalali import parse_date
from app.core.tables import unguarded
from app.core.text import ascii_digits, clean, fold
from app.inventory.rules.details import MOST_UNITS
from app.inventory.rules.states import EquipmentStatus

_STATUS_WORDS = {
    EquipmentStatus.IN_SERVICE: (
        "in_service", "in use", "active", "available", "operational", "working", "online", "ready", "ok",
        "در خدمت", "آماده به کار", "فعال", "سالم", "در حال کار",
    ),
    EquipmentStatus.OUT_OF_SERVICE: (
        "out_of_service", "out of order", "inactive", "offline", "broken", "down", "in repair",
        "under repair", "not working",
        "خارج از سرویس", "غیرفعال", "خراب", "معیوب", "در دست تعمیر", "ازکارافتاده",
    ),
    EquipmentStatus.RETIRED: (
        "retired", "decommissioned", "scrapped", "disposed", "written off", "اسقاط", "اسقاطی", "مستعمل",
    ),
}  # fmt: skip
_STATUSES = {fold(word): status for status, words in _STATUS_WORDS.items() for word in words}
_TIME_OF_DAY = re.compile(r"[T ]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?$")
# One name of a list, in quotation marks where it contains what separates names; longer ones are refused.
_PIECE = re.compile(r'\s*(?:"((?:[^"]|""){1,300})"\s*(?=[;|؛\n]|$)|([^;|؛\n]*))(?:[;|؛\n]|$)')
_NEEDS_MARKS = re.compile(r'["]|.*[;|؛\n]', re.DOTALL)
_DASHES = frozenset({"-", "–", "—"})
NO_VALUE = "-"


def text_in(cell: str, *, lines: bool = False) -> str:
    """The cell as text on one line (or several), without what guards it; a lone dash means nothing."""
    text = clean(unguarded(cell))
    if not lines:
        text = " ".join(text.split())
    return "" if text in _DASHES else text


def list_in(text: str, *, places: bool = False) -> list[str]:
    """Several names in the text of a cell, separated by semicolons or bars.

    With `places`, a dash keeps the place of a name that is not there: "-; S2" is the second of two.
    """
    found = []
    for quoted, bare in _PIECE.findall(clean(text)):
        name = quoted.replace('""', '"') if quoted else " ".join(bare.split())
        if name in _DASHES and not quoted:
            found += [""] if places else []
        elif name:
            found.append(name)
    return found


def list_text(names: Iterable[str]) -> str:
    """The cell in which list_in() finds these names again; '' keeps its place."""
    return "; ".join(_piece(name) for name in names)


def _piece(name: str) -> str:
    if name in _DASHES or _NEEDS_MARKS.match(name):
        return '"' + name.replace('"', '""') + '"'
    return name or NO_VALUE


def status_in(text: str) -> EquipmentStatus | None:
    """The status that the words mean, in either language; None when they are not known."""
    return _STATUSES.get(fold(text))


def date_in(text: str) -> date:
    """A date in either calendar; a time of day behind it is passed over. Raises ValueError."""
    return parse_date(_TIME_OF_DAY.sub("", ascii_digits(text)))


def quantity_in(text: str) -> int:
    """A whole number of units. Raises ValueError."""
    digits = ascii_digits(text)
    if not re.fullmatch("[0-9]{1,6}", digits) or not 1 <= int(digits) <= MOST_UNITS:
        raise ValueError(f"not between 1 and {MOST_UNITS}")
    return int(digits)
