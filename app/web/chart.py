"""What a drawing of bars needs to know before it is drawn: scale, labels, heights. Pure.

components/chart.html draws it. Lengths are units of the drawing; it is mirrored where time runs from
the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

WIDTH = 1000
AXIS_START = 64
"""Before it stand the numbers of the scale."""
PLOT_TOP, PLOT_END = 60, 300
LETTER = 8.4
"""The width of a letter, widely reckoned: labels must not run together."""
GAP = 14
WIDEST_BAR = 64
LYING_WIDTH, LYING_ROW, LYING_BAR = 520, 48, 20
"""Of bars that lie below one another, each under its label."""


@dataclass(frozen=True)
class Series:
    """One of the things that bars are stacked of: how it looks (a class of charts.css) and its name."""

    look: str
    name: str


@dataclass(frozen=True)
class Bar:
    """A bar: its label and how much of each series is in it."""

    label: str
    parts: Sequence[float]

    @property
    def total(self) -> float:
        return sum(self.parts)


@dataclass(frozen=True)
class Mark:
    """A line across: `at` counts bars from the axis, 0.5 is the middle of the first."""

    at: float
    text: str


@dataclass(frozen=True)
class Piece:
    """A part of a bar as it is drawn."""

    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass(frozen=True)
class PlacedMark:
    """A line across as it is drawn; `anchor` says which end of its words is at the line."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Chart:
    """Stacked bars beside one another, and lines across them."""

    id: str
    title: str
    description: str
    series: Sequence[Series]
    bars: Sequence[Bar]
    marks: Sequence[Mark] = ()
    has_totals: bool = False
    """Whether the height of each bar is written above it."""
    is_lying: bool = False
    """Whether the bars lie below one another, because their labels are names."""

    @property
    def width(self) -> int:
        return LYING_WIDTH if self.is_lying else WIDTH

    @property
    def end(self) -> float:
        """How high the drawing is."""
        return LYING_ROW * len(self.bars) + 34 if self.is_lying else PLOT_END + 34

    def along(self, value: float) -> float:
        """How far a lying bar of that value reaches; room is left for the number at the scale's end."""
        return round((LYING_WIDTH - 40) * value / self.ticks[-1], 1)

    @property
    def ticks(self) -> list[float]:
        return ticks(max((bar.total for bar in self.bars), default=0))

    @property
    def step(self) -> float:
        return (WIDTH - AXIS_START) / max(1, len(self.bars))

    @property
    def every(self) -> int:
        """Each so manieth bar has its label."""
        return every_nth([bar.label for bar in self.bars], self.step)

    def middle(self, index: float) -> float:
        """Where the middle of a bar lies; of a mark, its place less a half."""
        return round(AXIS_START + self.step * (index + 0.5), 1)

    def height(self, value: float) -> float:
        return round(PLOT_END - (PLOT_END - PLOT_TOP) * value / self.ticks[-1], 1)

    def pieces(self, index: int) -> list[Piece]:
        """The bar from the axis on; what would be thinner than a hair is left out."""
        if self.is_lying:
            return self._lying(index)
        wide = min(self.step * 0.68, WIDEST_BAR)
        x, below, found = self.middle(index) - wide / 2, 0.0, list[Piece]()
        for series, value in zip(self.series, self.bars[index].parts, strict=True):
            low, high = self.height(below), self.height(below + value)
            if low - high >= 0.3:
                found.append(Piece(round(x, 1), high, round(wide, 1), round(low - high, 1), series.look))
            below += value
        return found

    def _lying(self, index: int) -> list[Piece]:
        before, y, found = 0.0, LYING_ROW * index + 22.0, list[Piece]()
        for series, value in zip(self.series, self.bars[index].parts, strict=True):
            start, end = self.along(before), self.along(before + value)
            if end - start >= 0.3:
                found.append(Piece(start, y, round(end - start, 1), LYING_BAR, series.look))
            before += value
        return found

    def marks_placed(self) -> list[PlacedMark]:
        """The first line's words stand before it and lower, those of the next after it and higher: no words
        lie on the other's line. Where there is no room on their side they take the other one."""
        found = []
        for row, mark in enumerate(sorted(self.marks, key=lambda mark: mark.at)):
            x, is_first = self.middle(mark.at - 0.5), row % 2 == 0
            room = len(mark.text) * LETTER + GAP
            is_before = x > AXIS_START + room if is_first else x > WIDTH - room
            found.append(PlacedMark(x, 34 if is_first else 15, mark.text, "end" if is_before else "start"))
        return found


def ticks(most: float, wanted: int = 4) -> list[float]:
    """The numbers of a scale from 0 to `most` or a little above: steps of 1, 2 or 5 and their tens."""
    rough = max(most, 1) / wanted
    power = 10 ** floor(log10(rough)) if rough >= 1 else 1
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough)
    last = -(-max(most, 1) // step)
    return [step * n for n in range(int(last) + 1)]


def every_nth(labels: Sequence[str], step: float) -> int:
    """How many bars lie between two labels so that none touches the next: 1 is all of them."""
    widest = max((len(label) for label in labels), default=0) * LETTER + GAP
    return max(1, -(-int(widest) // max(1, int(step))))
