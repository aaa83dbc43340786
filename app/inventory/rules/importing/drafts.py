"""Rows understood as equipment that is to be. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from app.inventory.problems import Problem
from app.inventory.rules.details import (
    LONGEST,
    MOST_ALIASES,
    MOST_UNITS,
    EquipmentDetails,
    UnitDetails,
    cleaned_aliases,
)
from app.inventory.rules.importing.mapping import Field, Settings
from app.inventory.rules.importing.sheet import Row, Sheet, is_formula
from app.inventory.rules.importing.values import date_in, list_in, quantity_in, status_in, text_in
from app.inventory.rules.states import EquipmentStatus

T = TypeVar("T")

TEXTS = (Field.NAME, Field.DESCRIPTION, Field.LOCATION, Field.MANUFACTURER, Field.MODEL)
LONGEST_KEY = LONGEST["import_key"]


@dataclass(frozen=True)
class Draft:
    """What one row says. None where the import says nothing about it, or the cell is empty."""

    line: int
    key: str
    lab: str
    category: str
    details: EquipmentDetails
    status: EquipmentStatus | None = None
    quantity: int | None = None
    commissioned_on: tuple[date | None, ...] = ()
    serials: tuple[str, ...] = ()
    asset_tags: tuple[str, ...] = ()
    """Of the units in their order; '' where it says nothing of one."""

    @property
    def tags(self) -> list[str]:
        """The asset tags that it gives to any unit."""
        return [tag for tag in self.asset_tags if tag]

    def unit(self, place: int) -> UnitDetails:
        """What it says of the unit at that place: all goes to them in order, a single date to each."""
        details = UnitDetails()
        if serial := _at(place, self.serials):
            details["serial"] = serial
        if tag := _at(place, self.asset_tags):
            details["asset_tag"] = tag
        dates = self.commissioned_on
        if on := dates[0] if len(dates) == 1 else _at(place, dates):
            details["commissioned_on"] = on
        return details


def _at(place: int, said: Sequence[T]) -> T | None:
    return said[place] if place < len(said) else None


@dataclass
class _Reading:
    """One row while it is being understood."""

    row: Row
    settings: Settings
    problems: list[Problem] = field(default_factory=list)

    def cell(self, wanted: Field) -> str:
        """What the row says of the field, in the words that were agreed for it."""
        column = self.settings.columns.get(wanted)
        raw = self.row.cells[column] if column else self.settings.constants.get(wanted, "")
        if column and is_formula(raw, signs=True) and not is_formula(raw, signs=False):
            self.wrong("formula", wanted, cell=text_in(raw)[:40])
        meanings = self.settings.meanings.get(wanted, {})
        meant = {text_in(said): meaning for said, meaning in meanings.items()}
        text = text_in(raw, lines=wanted in (Field.DESCRIPTION, Field.ALIASES))
        return meant.get(text_in(raw), text)

    def wrong(self, code: str, wanted: Field, **params: object) -> None:
        column = self.settings.columns.get(wanted)
        self.problems.append(Problem(code, self.row.line, column, {"field": wanted, **params}))

    def text(self, wanted: Field) -> str:
        """The text, if there is room for it."""
        text, longest = self.cell(wanted), LONGEST.get(wanted, LONGEST["name"])
        if len(text) > longest:
            self.wrong("too-long", wanted, longest=longest, found=len(text))
        return text

    def needed(self, wanted: Field) -> str:
        text = self.text(wanted)
        if not text:
            self.wrong("missing-value", wanted)
        return text

    def parsed(self, wanted: Field, read: Callable[[str], T], code: str, **params: object) -> T | None:
        """What the cell means, or None for an empty one."""
        text = self.cell(wanted)
        if not text:
            return None
        try:
            return read(text)
        except ValueError:
            self.wrong(code, wanted, cell=text[:40], **params)
            return None

    def listed(self, wanted: Field, longest: int) -> list[str]:
        names = list_in(self.cell(wanted), places=wanted is not Field.ALIASES)
        for name in names:
            if len(name) > longest:
                self.wrong("too-long", wanted, longest=longest, found=len(name))
        return names

    def dates(self, *, most: int) -> list[date | None]:
        """One date for all units, or one for each in order; None where a dash keeps the place."""
        wanted = Field.COMMISSIONED_ON
        names = list_in(self.cell(wanted), places=True)
        if len(names) > most:
            self.wrong("more-than-units", wanted, found=len(names), quantity=most)
        try:
            return [date_in(name) if name else None for name in names]
        except ValueError:
            self.wrong("bad-date", wanted, cell="; ".join(names)[:40])
            return []


def drafts_of(sheet: Sheet, settings: Settings) -> tuple[list[Draft], list[Problem]]:
    """Every row as a draft, and what is wrong with rows; a row with a problem has no draft."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        reading = _Reading(row, settings)
        draft = _draft(reading)
        if reading.problems:
            problems += reading.problems
        else:
            drafts.append(draft)
    problems += _tags_twice(drafts, settings)
    return drafts, sorted(problems, key=lambda problem: problem.line or 0)


def _draft(reading: _Reading) -> Draft:
    quantity = reading.parsed(Field.QUANTITY, quantity_in, "bad-quantity", most=MOST_UNITS)
    serials = reading.listed(Field.SERIAL, LONGEST["serial"])
    asset_tags = reading.listed(Field.ASSET_TAG, LONGEST["asset_tag"])
    for wanted, several in ((Field.SERIAL, serials), (Field.ASSET_TAG, asset_tags)):
        if len(several) > (quantity or 1):
            reading.wrong("more-than-units", wanted, found=len(several), quantity=quantity or 1)
    return Draft(
        line=reading.row.line,
        key=_key(reading),
        lab=reading.needed(Field.LAB),
        category=reading.needed(Field.CATEGORY),
        details=_details(reading),
        status=reading.parsed(Field.STATUS, _known_status, "unknown-status"),
        quantity=quantity,
        commissioned_on=tuple(reading.dates(most=quantity or 1)),
        serials=tuple(serials),
        asset_tags=tuple(asset_tags),
    )


def _key(reading: _Reading) -> str:
    line, column = reading.row.line, reading.settings.key
    raw = reading.row.cells[column]
    key = text_in(raw)
    if not key:
        reading.problems.append(Problem("missing-key", line, column))
    if len(key) > LONGEST_KEY:
        found = {"longest": LONGEST_KEY, "found": len(key)}
        reading.problems.append(Problem("too-long", line, column, found))
    if is_formula(raw, signs=True) and column not in reading.settings.columns.values():
        reading.problems.append(Problem("formula", line, column, {"cell": key[:40]}))
    return key


def _details(reading: _Reading) -> EquipmentDetails:
    """The fields that the import says anything about; an empty cell says "nothing"."""
    said = reading.settings.said()
    details: dict[str, Any] = {"name": reading.needed(Field.NAME)}
    for wanted in TEXTS[1:]:
        if wanted in said:
            text = reading.text(wanted)
            details[wanted.value] = text if text or wanted is Field.DESCRIPTION else None
    if Field.ALIASES in said:
        details["aliases"] = cleaned_aliases(reading.listed(Field.ALIASES, LONGEST["name"]))
        if len(details["aliases"]) > MOST_ALIASES:
            reading.wrong("too-many-aliases", Field.ALIASES, most=MOST_ALIASES)
    return cast(EquipmentDetails, details)


def _known_status(text: str) -> EquipmentStatus:
    status = status_in(text)
    if status is None:
        raise ValueError(text)
    return status


def _tags_twice(drafts: list[Draft], settings: Settings) -> list[Problem]:
    """Asset tags that two rows claim, or one row twice."""
    problems: list[Problem] = []
    tags: dict[str, int] = {}
    for draft in drafts:
        for tag in draft.tags:
            if tag in tags:
                column = settings.columns.get(Field.ASSET_TAG)
                problems.append(Problem("tag-twice", draft.line, column, {"tag": tag, "first": tags[tag]}))
            tags.setdefault(tag, draft.line)
    return problems
