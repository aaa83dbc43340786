"""Setting text: breaking it into lines, and cutting what has no room."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from app.web.pdf.bidi import Run, in_order, is_rtl, levels_of

Measure = Callable[[Run], float]
SENTENCE_WORTH = 0.7
"""A cut falls on the end of a sentence where at least this much of what has room is kept."""
NEARLY = 0.85
"""From here on a line is measured as it will stand: the width of a space depends on what is around it."""
MOST_IN_A_LINE = 300
"""Letters of a word that are looked at: no line of a page has room for more."""
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?؟…](?=\s|$)")
_LOOSE_END = " \n.,;:،؛…"
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
# What engineers write and neither font has.
_PLAIN = str.maketrans(
    {"≥": ">=", "≤": "<=", "≈": "~", "→": "->", "←": "<-", "μ": "µ", "\u03a9": "ohm", "\u2126": "ohm"}
)
_SPACE = Run(" ", False)


@dataclass(frozen=True)
class Line:
    """What stands on one line, from left to right, and the direction of its paragraph."""

    runs: tuple[Run, ...]
    width: float
    rtl: bool
    end: int
    """Where it ends in the text."""


def lines_of(text: str, measure: Measure, width: float, *, rtl: bool | None = None) -> list[Line]:
    """The text in lines of at most the width; what stands on lines of its own is a paragraph.

    `rtl`: the direction of every paragraph; None lets each one's first letter decide.
    """
    text = text.translate(_PLAIN)
    return [
        line
        for found in _PARAGRAPH.finditer(text)
        for line in _paragraph(found, measure, width, is_rtl(found[0]) if rtl is None else rtl)
    ]


def cut(
    text: str, measure: Measure, width: float, most: int, *, more: str, rtl: bool | None = None
) -> list[Line]:
    """As much of the text as has room in so many lines, cut at a sentence or a word and ended with `more`."""
    text = text.translate(_PLAIN)
    whole = lines_of(text, measure, width, rtl=rtl)
    if len(whole) <= most:
        return whole
    if most < 1:
        return []
    for end in _ends(text[: whole[most - 1].end]):
        kept = text[:end].rstrip(_LOOSE_END)
        shortened = lines_of(kept + more, measure, width, rtl=rtl)
        if len(shortened) <= most:
            return shortened
    return lines_of(more, measure, width, rtl=rtl)[:most]


def _ends(text: str) -> Iterator[int]:
    """Where it may be cut, the best first: late sentences, then words."""
    words = [found.end() for found in _WORD.finditer(text)]
    sentences = [found.end() for found in _SENTENCE_END.finditer(text)]
    yield from (end for end in reversed(sentences) if end >= SENTENCE_WORTH * len(text))
    yield from reversed(words)


def _paragraph(found: re.Match[str], measure: Measure, width: float, rtl: bool) -> Iterator[Line]:
    text = found[0]
    levels = levels_of(text, rtl=rtl)

    def runs(start: int, end: int) -> tuple[Run, ...]:
        return tuple(_without_isolates(in_order(text[start:end], levels[start:end])))

    def wide(start: int, end: int) -> float:
        return sum(measure(run) for run in runs(start, end))

    def line(start: int, end: int) -> Line:
        return Line(runs(start, end), wide(start, end), rtl, found.start() + end)

    start, end, taken = -1, -1, 0.0
    for first, last in _pieces(text, wide, width):
        # Words are measured one by one: a line for each of its words would take too long.
        more = wide(first, last) + (measure(_SPACE) if first > end >= 0 else 0)
        full = taken + more > width * NEARLY and wide(start, last) > width
        if start >= 0 and full:
            yield line(start, end)
            start = -1
        if start < 0:
            start, taken, more = first, 0.0, wide(first, last)
        end, taken = last, taken + more
    yield line(start, end)


def _pieces(text: str, wide: Callable[[int, int], float], width: float) -> Iterator[tuple[int, int]]:
    """Where the words lie; one that is longer than a line is broken wherever it has to be."""
    for word in _WORD.finditer(text):
        start, end = word.span()
        while end - start > MOST_IN_A_LINE or wide(start, end) > width:
            # So many letters have room; at least one, or there would be no end of it.
            reach = range(start + 1, min(end, start + MOST_IN_A_LINE))
            first = start
            start += max(1, bisect_right(reach, width, key=partial(wide, first)))
            yield first, start
        yield start, end


def _without_isolates(runs: list[Run]) -> Iterator[Run]:
    """They have done their work, and fonts have no sign for them."""
    for run in runs:
        if text := run.text.translate(_ISOLATES):
            yield Run(text, run.rtl)
