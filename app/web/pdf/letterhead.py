"""The head of a paper that leaves the house: our sign, the university, and who writes."""

from flask_babel import gettext as _

from app.core.text import isolated
from app.web.pdf import paper
from app.web.pdf.sheet import Sheet


def letterhead(sheet: Sheet, university: str, under: str) -> None:
    """Kargah at the beginning of the line; the university, and below it the lab or office, at its end."""
    top = sheet.y
    sheet.mark(10)
    sheet.y = top + (1.2 if sheet.rtl else 1.6)
    sheet.say(_("Kargah"), sheet.style(15, bold=True), at=13)
    sheet.y = top
    for text, style in (
        (university, sheet.style(10, bold=True)),
        (under, sheet.style(9, ink=paper.INK_2)),
    ):
        sheet.say_at_end(isolated(text), style)
        sheet.skip(style.height)
    sheet.y = top + 12.5
    sheet.ruler()
