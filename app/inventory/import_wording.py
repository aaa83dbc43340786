"""What an import finds, in words, in the reader's language: where, what is wrong, and what to do."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.i18n import direction
from app.inventory.problems import Problem
from app.inventory.rules.importing.mapping import Field
from app.inventory.rules.importing.plan import Outcome
from app.web.formats import number_text

FIELDS = {
    Field.NAME: _l("Name"),
    Field.ALIASES: _l("Other names"),
    Field.CATEGORY: _l("Category"),
    Field.LAB: _l("Lab"),
    Field.LOCATION: _l("Location"),
    Field.MANUFACTURER: _l("Manufacturer"),
    Field.MODEL: _l("Model"),
    Field.SERIAL: _l("Serial number"),
    Field.ASSET_TAG: _l("Asset tag"),
    Field.DESCRIPTION: _l("Description"),
    Field.STATUS: _l("Status"),
    Field.COMMISSIONED_ON: _l("In service since"),
    Field.QUANTITY: _l("Number of units"),
}
OUTCOMES = {
    Outcome.CREATED: _l("New"),
    Outcome.UPDATED: _l("Changed"),
    Outcome.UNCHANGED: _l("As it was"),
}

# The file as a whole.
_FILE = {
    "too-big": _l(
        "The file is larger than %(most_megabytes)s MB. Leave out what is no list of equipment, or divide it."
    ),
    "workbook": _l(
        "This is no Excel workbook that can be read (.xlsx): it is damaged or of another kind. "
        "Open it in Excel, choose “Save as”, then “Excel Workbook (.xlsx)” or “CSV UTF-8”, and use that file."
    ),
    "old-workbook": _l(
        "This is an Excel workbook of the old kind (.xls). In Excel choose “Save as”, then "
        "“Excel Workbook (.xlsx)” or “CSV UTF-8”, and use that file."
    ),
    "locked-workbook": _l(
        "This Excel workbook is locked with a password. "
        "Take the password off in Excel, save it and use that file."
    ),
    "unpacked-too-big": _l(
        "Unpacked, this Excel workbook is larger than %(most_megabytes)s MB. "
        "Copy the list alone into a new workbook and use that."
    ),
    "too-many-columns": _l("There are more than %(most)s columns. Delete what is not part of the list."),
    "no-such-sheet": _l("There is no sheet “%(sheet)s”. The workbook has: %(sheets)s."),
    "no-sheets": _l("Only an Excel workbook has sheets to choose from; this is another kind of file."),
    "utf-16": _l("The file is UTF-16 text. Save it as “CSV UTF-8” and use that file."),
    "not-text": _l("This is no CSV file: it is not text. Save your list as “CSV UTF-8”."),
    "not-csv": _l("This is a web page, no CSV file. Save your list as “CSV UTF-8”."),
    "encoding": _l(
        "The letters cannot be read: the file is neither UTF-8 nor Windows-1256. Save it as “CSV UTF-8”."
    ),
    "malformed": _l("A quotation mark is not closed properly. Correct the line, or save the list anew."),
    "empty": _l("The file is empty. Its first line names the columns."),
    "cell-error": _l(
        "“%(cell)s” is an error of the spreadsheet. Correct the formula, or write what belongs there."
    ),
    "no-result": _l(
        "The cell is a formula whose result is not in the file. "
        "Open the file in Excel, save it, and use it again."
    ),
    "no-rows": _l("There is nothing below the names of the columns."),
    "unnamed-column": _l("Column number %(number)s has no name. Name it in the first line, or delete it."),
    "column-twice": _l("Two columns have this name. Rename one of them."),
    "cells": _l(
        "The line has %(found)s cells, the first line names %(wanted)s columns. "
        "Put text that contains separators in quotation marks."
    ),
    "too-many-rows": _l("There are more than %(most)s lines. Divide the file."),
}

# How the columns are to be read.
_MAPPING = {
    "missing-column": _l("The list has no such column. It has: %(columns)s."),
    "missing-field": _l("Nothing says the %(field)s. Choose a column for it, or one value for all lines."),
    "meaning-of-nothing": _l("Values of %(field)s are explained, but no column gives it."),
    "said-twice": _l("%(field)s comes from a column and is also the same for all lines. Choose one of them."),
}

# Single lines.
_LINES = {
    "nul": _l("The cell contains a character that is no text (NUL). Type the cell anew."),
    "formula": _l(
        "“%(cell)s” is a formula to a spreadsheet. Write what it stands for, "
        "or put a word before the first sign."
    ),
    "missing-key": _l("The cell by which the line is known again is empty."),
    "missing-value": _l("%(field)s is empty."),
    "too-long": _l("The text has %(found)s characters; there is room for %(longest)s. Shorten it."),
    "too-many-aliases": _l("There are more than %(most)s other names. Keep those that people search for."),
    "unknown-status": _l(
        "“%(cell)s” is no status that is known. Say what it means: in service, out of service or retired."
    ),
    "bad-date": _l(
        "“%(cell)s” is no date. Write year, month, day, in either calendar: 2026-11-22, 1405/09/01."
    ),
    "bad-quantity": _l("“%(cell)s” is no number of units between 1 and %(most)s."),
    "more-than-units": _l("There are %(found)s values for %(quantity)s units. Each unit has one."),
    "key-twice": _l("“%(key)s” stands in line %(first)s already. Each line needs a key of its own."),
    "tag-twice": _l("The asset tag “%(tag)s” stands in line %(first)s already."),
    "tag-taken": _l("Another unit wears the asset tag “%(tag)s”."),
    "fewer-units": _l(
        "There are %(there)s units already. Retire those that are gone on the equipment's page."
    ),
    "unknown-lab": _l(
        "There is no lab “%(lab)s”. Labs are not made by an import: ask an admin to add it first."
    ),
    "which-category": _l(
        "“%(category)s” is the name of several categories. Write which one is meant: %(slugs)s."
    ),
    "not-your-lab": _l("You do not manage the lab “%(lab)s”."),
    "refused-capacity-in-use": _l(
        "It cannot be taken out of service while bookings ahead need it. Move those first."
    ),
    "refused": _l("It could not be brought in as the line says (%(why)s)."),
    "name-twice": _l(
        "The name stands in line %(first)s as well; people will tell the two apart by their place."
    ),
    "no-units": _l("All of its units are retired: what the line says of units is passed over."),
    "name-there": _l("The lab has equipment of this name already, which this list did not bring."),
}
_TEXTS = {**_FILE, **_MAPPING, **_LINES}


def place_text(problem: Problem) -> str:
    """Where in the file it is; '' for the file as a whole."""
    line = number_text(problem.line or 0)
    if problem.line and problem.column:
        return str(
            _("Line %(line)s, column “%(column)s”", line=line, column=_shown("column", problem.column))
        )
    if problem.line:
        return str(_("Line %(line)s", line=line))
    if problem.column:
        return str(_("Column “%(column)s”", column=_shown("column", problem.column)))
    return ""


def problem_text(problem: Problem) -> str:
    """What is wrong, and what to do about it."""
    code = problem.code
    if code == "refused":
        code = f"refused-{problem.params['why']}" if f"refused-{problem.params['why']}" in _TEXTS else code
    return str(_TEXTS[code]) % {name: _shown(name, value) for name, value in problem.params.items()}


def _shown(name: str, value: object) -> str:
    if name == "field":
        return str(FIELDS[Field(str(value))])
    if isinstance(value, int):
        return number_text(value)
    # Isolated: what stands in a list is of any direction, and must not turn the sentence around it.
    return f"\u2068{value}\u2069" if direction() == "rtl" else str(value)
