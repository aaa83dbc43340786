"""Type on paper: a run of text in our fonts, measured and put in its place."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from app.web.pdf.bidi import Run

FONTS = Path(__file__).with_name("fonts")
LATIN, PERSIAN = "instrument-sans", "vazirmatn"
POINT = 25.4 / 72
"""Millimetres."""

Colour = tuple[int, int, int]
# The light theme of tokens.css; on a printer without colours each is told from its neighbours.
INK: Colour = (0x14, 0x20, 0x3A)
INK_2: Colour = (0x46, 0x54, 0x6B)
ACT: Colour = (0x07, 0x66, 0x6C)
ACT_SOFT: Colour = (0xDC, 0xEF, 0xEE)
LINE: Colour = (0xB4, 0xBE, 0xC8)
WAIT: Colour = (0xE5, 0xA0, 0x24)
OK: Colour = (0x86, 0xCE, 0x93)
PAPER: Colour = (0xFF, 0xFF, 0xFF)


@dataclass(frozen=True, kw_only=True)
class Style:
    """How text looks. Sizes in points; `leading` is the height of a line in sizes."""

    size: float
    bold: bool = False
    ink: Colour = INK
    leading: float = 1.45

    @property
    def height(self) -> float:
        """Of a line, in millimetres."""
        return self.size * self.leading * POINT


class Paper:
    """One page of A4 that text is put on. Raises FileNotFoundError where `make setup` made no fonts."""

    def __init__(self, *, title: str, language: str) -> None:
        self.pdf = FPDF(format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.c_margin = 0
        self.pdf.set_title(title)
        self.pdf.set_lang(language)
        self.pdf.set_creator("Kargah")
        for family in (LATIN, PERSIAN):
            self.pdf.add_font(family, "", FONTS / f"{family}-400.ttf")
            self.pdf.add_font(family, "B", FONTS / f"{family}-700.ttf")
        self.pdf.add_page()
        self._family = PERSIAN if language == "fa" else LATIN
        font = self.pdf.fonts[self._family]
        self._letters = frozenset(font.cmap if isinstance(font, TTFFont) else ())
        self._widths: dict[tuple[Run, Style], float] = {}

    def width_of(self, run: Run, style: Style) -> float:
        known = self._widths.get((run, style))
        if known is None:
            known = self._widths[run, style] = sum(
                self._width(part, family, run, style) for family, part in self._parts(run)
            )
        return known

    def put(self, run: Run, style: Style, *, x: float, y: float, link: str = "") -> float:
        """Put the run with its left end at x, in a line that begins at y. Its width."""
        begins = x
        for family, part in self._parts(run):
            width = self._width(part, family, run, style)
            # Where the two differ, fpdf2 puts the ink back after each text, and forgets that this puts back
            # the font as well.
            self.pdf.set_text_color(*style.ink)
            self.pdf.set_fill_color(*style.ink)
            self.pdf.set_xy(x, y)
            self.pdf.cell(width, style.height, part, link=link)
            x += width
        return x - begins

    def bytes(self) -> bytes:
        return bytes(self.pdf.output())

    def _parts(self, run: Run) -> list[tuple[str, str]]:
        """The run by the font that has its letters. One from right to left is whole: Persian has them all."""
        if run.rtl or self._family == PERSIAN:
            return [(PERSIAN, run.text)]
        return [
            (LATIN if is_latin else PERSIAN, "".join(part))
            for is_latin, part in groupby(run.text, lambda letter: ord(letter) in self._letters)
        ]

    def _width(self, text: str, family: str, run: Run, style: Style) -> float:
        """How wide the text is; afterwards it can be put, too."""
        self.pdf.set_font(family, "B" if style.bold else "", style.size)
        self.pdf.set_text_shaping(True, direction="rtl" if run.rtl else "ltr")
        return self.pdf.get_string_width(text)
