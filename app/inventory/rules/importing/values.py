"""What people write in the cells of their lists, understood. Pure."""

import re
from datetime import date

from app.core.jalali import parse_date
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
_LIST = re.compile(r"\s*[;|؛\n]\s*")


def text_in(cell: str, *, lines: bool = False) -> str:
    """The cell as text on one line (or several); a lone dash means nothing."""
    text = clean(cell)
    if not lines:
        text = " ".join(text.split())
    return "" if text in {"-", "–", "—"} else text


def list_in(cell: str) -> list[str]:
    """Several names in one cell, separated by semicolons or bars."""
    return [part for part in (text_in(piece) for piece in _LIST.split(clean(cell))) if part]


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
