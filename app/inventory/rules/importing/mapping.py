"""Which column says what: as somebody told us, or as the headers suggest in two languages. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.text import fold
from app.inventory.problems import Problem
from app.inventory.rules.importing.sheet import Sheet


class Field(StrEnum):
    """What an import can say of equipment (the names are a promise: docs and the command line)."""

    NAME = "name"
    ALIASES = "aliases"
    CATEGORY = "category"
    LAB = "lab"
    LOCATION = "location"
    MANUFACTURER = "manufacturer"
    MODEL = "model"
    SERIAL = "serial"
    ASSET_TAG = "asset_tag"
    DESCRIPTION = "description"
    STATUS = "status"
    COMMISSIONED_ON = "commissioned_on"
    QUANTITY = "quantity"


REQUIRED = (Field.NAME, Field.CATEGORY, Field.LAB)

# What lists call these things; compared folded, the first that occurs wins.
HEADERS: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: (
        "name", "equipment", "equipment name", "instrument", "instrument name", "device", "asset", "title",
        "نام", "نام دستگاه", "نام تجهیز", "دستگاه", "تجهیز", "عنوان",
    ),
    Field.ALIASES: ("aliases", "alias", "other names", "also known as", "نام‌های دیگر", "نام دیگر"),
    Field.CATEGORY: (
        "category", "class", "instrument class", "equipment class", "type", "instrument type",
        "equipment type", "technique", "دسته", "رده", "دسته‌بندی", "نوع", "نوع دستگاه", "گروه",
    ),
    Field.LAB: ("lab", "laboratory", "workshop", "آزمایشگاه", "نام آزمایشگاه", "کارگاه"),
    Field.LOCATION: ("location", "room", "place", "محل", "محل استقرار", "اتاق", "مکان"),
    Field.MANUFACTURER: (
        "manufacturer", "maker", "brand", "vendor", "سازنده", "شرکت سازنده", "برند", "کارخانه",
    ),
    Field.MODEL: ("model", "model number", "model name", "مدل"),
    Field.SERIAL: ("serial", "serial number", "serial no", "s/n", "شماره سریال", "سریال"),
    Field.ASSET_TAG: (
        "asset tag", "asset number", "inventory number", "property number", "tag",
        "شماره اموال", "برچسب اموال", "کد اموال", "اموال",
    ),
    Field.DESCRIPTION: ("description", "details", "notes", "remarks", "شرح", "توضیح", "توضیحات", "مشخصات"),
    Field.STATUS: ("status", "state", "وضعیت", "حالت"),
    Field.COMMISSIONED_ON: (
        "commissioned on", "commissioned", "commissioning date", "in service since", "installed",
        "installation date", "تاریخ راه‌اندازی", "تاریخ نصب", "تاریخ بهره‌برداری",
    ),
    Field.QUANTITY: ("quantity", "count", "number of units", "qty", "تعداد"),
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """How a list is to be read.

    `key` is the column by which a second import knows a row again. A field comes from a column, or is
    the same for every row. `meanings` translate what the list writes: {status: {"Broken": "out_of_service"}}.
    """

    key: str
    columns: Mapping[Field, str] = field(default_factory=dict)
    constants: Mapping[Field, str] = field(default_factory=dict)
    meanings: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)

    def said(self) -> set[Field]:
        """The fields that this import says anything about."""
        return {*self.columns, *self.constants}


def suggested(columns: tuple[str, ...]) -> dict[Field, str]:
    """The column that each field is probably in, each column at most once."""
    folded = {fold(column): column for column in reversed(columns)}
    found: dict[Field, str] = {}
    for wanted, headers in HEADERS.items():
        for header in headers:
            column = folded.get(fold(header))
            if column is not None and column not in found.values():
                found[wanted] = column
                break
    return found


def completed(sheet: Sheet, told: Settings) -> Settings:
    """What was told, with what goes without saying.

    With no column told at all, the headers decide. Otherwise only what was told is read, except that
    a field which is needed, or whose values were explained, is looked for by its header, and that
    the key is the name where nothing else is.
    """
    guesses = suggested(sheet.columns)
    wanted = set(Field) if not told.columns else {*REQUIRED, *told.meanings}
    columns = {f: column for f, column in guesses.items() if f in wanted and f not in told.constants}
    columns |= {f: sheet.column(column) or column for f, column in told.columns.items()}
    if Field.NAME not in columns and Field.NAME not in told.constants:
        columns[Field.NAME] = told.key
    return Settings(sheet.column(told.key) or told.key, columns, told.constants, told.meanings)


def mapping_problems(sheet: Sheet, settings: Settings) -> list[Problem]:
    """Columns that the list does not have, fields that nothing says, meanings of nothing."""
    there = ", ".join(sheet.columns)
    named = dict.fromkeys([settings.key, *settings.columns.values()])
    problems = [
        Problem("missing-column", column=column, params={"columns": there})
        for column in named
        if column not in sheet.columns
    ]
    problems += [
        Problem("missing-field", params={"field": wanted})
        for wanted in REQUIRED
        if wanted not in settings.said()
    ]
    problems += [
        Problem("meaning-of-nothing", params={"field": wanted})
        for wanted in settings.meanings
        if wanted not in settings.said()
    ]
    problems += [
        Problem("said-twice", column=settings.columns[wanted], params={"field": wanted})
        for wanted in settings.constants
        if wanted in settings.columns
    ]
    return problems
