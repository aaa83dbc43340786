"""A sheet that is filled from its top, in the direction of its language, under our name and the ruler."""

from collections.abc import Sequence

import segno

from app.core.i18n import direction
from app.web.pdf import paper
from app.web.pdf.paper import Colour, Paper, Style
from app.web.pdf.setting import Line, Measure, cut, lines_of

MARGIN = 16.0
WIDTH, HEIGHT = 210.0, 297.0
INNER = WIDTH - 2 * MARGIN
RULE_EVERY = 2.0
HAIRLINE = 0.2
PERSIAN_LEADING = 1.15
"""Persian letters reach further up and down."""


class Sheet:
    """A page of A4, and others after it.

    Places across are millimetres from the edge where a line begins, as in CSS.
    """

    def __init__(self, *, title: str, language: str) -> None:
        self._paper = Paper(title=title, language=language)
        self.rtl = direction(language) == "rtl"
        self.y = MARGIN
        """Where the next thing begins."""

    @property
    def left(self) -> float:
        """How much height there is below."""
        return HEIGHT - MARGIN - self.y

    def style(
        self, size: float, *, bold: bool = False, ink: Colour = paper.INK, leading: float = 1.4
    ) -> Style:
        """Text of so many points; `leading` is that of Latin."""
        return Style(size=size, bold=bold, ink=ink, leading=leading * (PERSIAN_LEADING if self.rtl else 1))

    def measure(self, style: Style) -> Measure:
        return lambda run: self._paper.width_of(run, style)

    def lines(self, text: str, style: Style, *, width: float = INNER, own: bool = False) -> list[Line]:
        """The text in lines. `own`: somebody's text, whose letters say its direction; else the page does."""
        return lines_of(text, self.measure(style), width, rtl=None if own else self.rtl)

    def cut(
        self, text: str, style: Style, most: int, *, more: str, width: float = INNER, own: bool = False
    ) -> list[Line]:
        """As much of it as has room in so many lines."""
        return cut(text, self.measure(style), width, most, more=more, rtl=None if own else self.rtl)

    def balanced(self, text: str, style: Style) -> list[Line]:
        """The text in as few lines as it takes, none of them much shorter than the others."""
        best = self.lines(text, style)
        for share in range(95, 50, -5):
            narrower = self.lines(text, style, width=INNER * share / 100)
            if len(narrower) > len(best):
                break
            best = narrower
        return best

    def write(
        self, lines: Sequence[Line], style: Style, *, at: float = 0, width: float = INNER, link: str = ""
    ) -> None:
        """Write them from here on downwards, each beginning where its direction begins."""
        for line in lines:
            x = self._x(at, width) + (width - line.width if line.rtl else 0)
            for run in line.runs:
                x += self._paper.put(run, style, x=x, y=self.y, link=link)
            self.y += style.height

    def say(self, text: str, style: Style, *, at: float = 0, width: float = INNER, link: str = "") -> None:
        """Write a text of the page itself from here on downwards."""
        self.write(self.lines(text, style, width=width), style, at=at, width=width, link=link)

    def say_at_end(self, text: str, style: Style) -> None:
        """One line whose end is the end of the page's, and which takes no height."""
        for line in self.lines(text, style)[:1]:
            before = self.y
            self.write([line], style, at=INNER - line.width, width=line.width)
            self.y = before

    def skip(self, height: float) -> None:
        self.y += height

    def next_page(self) -> None:
        """Go on at the top of another page."""
        self._paper.pdf.add_page()
        self.y = MARGIN

    def ruler(self) -> None:
        """The steel rule: our only ornament."""
        self.line(0, INNER, paper.INK)
        for number in range(int(INNER / RULE_EVERY) + 1):
            high = 3.2 if number % 10 == 0 else 2.2 if number % 5 == 0 else 1.3
            x = self._x(number * RULE_EVERY, 0)
            self._stroke(paper.INK if number % 10 == 0 else paper.LINE, HAIRLINE)
            self._paper.pdf.line(x, self.y, x, self.y + high)
        self.y += 4

    def line(self, at: float, width: float, ink: Colour = paper.LINE) -> None:
        """A hairline across; it takes no height."""
        self._stroke(ink, HAIRLINE)
        x = self._x(at, width)
        self._paper.pdf.line(x, self.y, x + width, self.y)

    def upright(self, at: float, height: float) -> None:
        """A hairline downwards; it takes no height."""
        self._stroke(paper.LINE, HAIRLINE)
        self._paper.pdf.line(self._x(at, 0), self.y, self._x(at, 0), self.y + height)

    def box(self, at: float, width: float, height: float, fill: Colour, edge: Colour = paper.INK) -> None:
        """A filled box with an edge, which tells it from its neighbour without colours."""
        self._stroke(edge, HAIRLINE)
        self._paper.pdf.set_fill_color(*fill)
        self._paper.pdf.rect(self._x(at, width), self.y, width, height, style="DF")

    def frame(
        self, at: float, width: float, height: float, *, down: float = 0, ink: Colour = paper.INK
    ) -> None:
        """The edge of a box alone, so much further down."""
        self._stroke(ink, 0.5 if down else HAIRLINE)
        self._paper.pdf.rect(self._x(at, width), self.y + down, width, height)

    def hatch(self, at: float, width: float, height: float, ink: Colour) -> None:
        """Slanted strokes over what stands there."""
        pdf, x = self._paper.pdf, self._x(at, width)
        self._stroke(ink, 0.45)
        with pdf.rect_clip(x, self.y, width, height):
            for step in range(int((width + height) / 1.6) + 1):
                pdf.line(x + step * 1.6, self.y, x + step * 1.6 - height, self.y + height)

    def qr(self, text: str, *, at: float, size: float) -> None:
        """The text for a phone's camera; it takes no height."""
        pdf = self._paper.pdf
        rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
        step, x = size / len(rows), self._x(at, size)
        pdf.set_fill_color(0)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    # A hair wider than the step: printers leave white lines between touching squares.
                    pdf.rect(x + across * step, self.y + down * step, step + 0.02, step + 0.02, style="F")

    def mark(self, size: float) -> None:
        """The sign of Kargah (wordmark.svg); it takes no height, and never mirrors."""
        pdf, x, unit = self._paper.pdf, self._x(0, size), size / 32
        pdf.set_fill_color(*paper.ACT)
        pdf.rect(x, self.y, size, size, style="F", round_corners=True, corner_radius=7 * unit)
        pdf.set_fill_color(*paper.PAPER)
        pdf.rect(x + 7 * unit, self.y + 6 * unit, 4 * unit, 20 * unit, style="F")
        for turned in (False, True):
            points = [(20.4, 6), (27, 6), (21.8, 12), (14.7, 12)]
            pdf.polygon(
                [(x + a * unit, self.y + (32 - b if turned else b) * unit) for a, b in points], style="F"
            )
        pdf.set_fill_color(*paper.WAIT)
        pdf.rect(x + 13 * unit, self.y + 13.5 * unit, 8 * unit, 5 * unit, style="F")

    def bytes(self) -> bytes:
        """The finished PDF."""
        return self._paper.bytes()

    def width_of(self, text: str, style: Style) -> float:
        return sum(line.width for line in self.lines(text, style)[:1])

    def _x(self, at: float, width: float) -> float:
        """From the left edge of the paper."""
        return WIDTH - MARGIN - at - width if self.rtl else MARGIN + at

    def _stroke(self, ink: Colour, width: float) -> None:
        self._paper.pdf.set_draw_color(*ink)
        self._paper.pdf.set_line_width(width)


__all__ = ["INNER", "Line", "Sheet", "Style"]
