"""Which part of a line stands where when left-to-right and right-to-left text meet. Pure.

The levels are worked out for the whole paragraph and the order for each line of it, as the Unicode
bidirectional algorithm (UAX #9) wants: whoever breaks lines after ordering puts words on the wrong line.
"""

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection


class Run(NamedTuple):
    """Neighbours on one line that are read in one direction."""

    text: str
    rtl: bool


def is_rtl(text: str, otherwise: bool = False) -> bool:
    """The direction of the first letter that has one (UAX #9, P2 and P3)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return otherwise


def levels_of(text: str, *, rtl: bool) -> list[int]:
    """The embedding level of each character; odd is right to left."""
    base = TextDirection.RTL if rtl else TextDirection.LTR
    found = {
        one.character_index: one.embedding_level
        for one in BidiParagraph(text, base).get_characters_with_embedding_level()
    }
    levels: list[int] = []
    for index in range(len(text)):
        # The algorithm drops what only joins or controls (X9): it goes where its neighbour goes.
        levels.append(found.get(index, levels[-1] if levels else int(rtl)))
    return levels


def in_order(text: str, levels: Sequence[int]) -> list[Run]:
    """The runs of one line from left to right (UAX #9, L2)."""
    runs: list[tuple[int, str]] = []
    at = 0
    for level, same in groupby(levels):
        length = len(list(same))
        runs.append((level, text[at : at + length]))
        at += length
    for level in range(max(levels, default=0), 0, -1):
        runs = _turned(runs, level)
    return [Run(part, bool(level % 2)) for level, part in runs]


def _turned(runs: list[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    """With each row of neighbours of at least this level the other way round."""
    turned: list[tuple[int, str]] = []
    for is_deep, group in groupby(runs, lambda run: run[0] >= level):
        same = list(group)
        turned += reversed(same) if is_deep else same
    return turned
