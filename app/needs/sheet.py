"""A need on one page of paper: for a meeting, a wall, or somebody who gives and reads no screens.

It holds what the public may read, whoever asks for it: paper is handed on.
"""

from datetime import date

from flask_babel import gettext as _

from app.core.clock import now
from app.core.i18n import language, localized
from app.core.text import isolated
from app.needs import wording
from app.needs.models import Need, NeedState
from app.needs.queries.needs import Shown
from app.needs.rules.coverage import Coverage
from app.needs.rules.evidence import Evidence
from app.web import formats
from app.web.pdf import paper
from app.web.pdf.letterhead import letterhead
from app.web.pdf.sheet import HEIGHT, INNER, MARGIN, Sheet

FOOT = 44.0
"""How much height the place and the way to give take, at the very bottom."""
QR = 34.0
PLACE = 58.0
SECTION = 5.5
"""The height left free before a part."""
TEXT_SIZES = (12.5, 11.5, 10.5)
"""Of the longer texts, in points."""
MOST_TEXT = 3000
"""More characters have no room on any page: setting them would only take time."""
SPECIFICATION_SHARE = 0.4
"""How much of the room what it must do may take, where that and why it is missed are long."""
COLOURS = {
    "serve": paper.OK,
    "deliver": paper.ACT,
    "agree": paper.ACT_SOFT,
    "reserve": paper.PAPER,
    "left": paper.PAPER,
}


def draw(shown: Shown, address: str) -> bytes:
    """The need as a PDF of one page of A4 in the reader's language. `address`: that of its page."""
    need = shown.need
    sheet = Sheet(title=f"{need.reference} {localized(need, 'title')}", language=language())
    letterhead(sheet, localized(need.lab.site.organisation), localized(need.lab))
    _title(sheet, shown)
    if shown.evidence:
        _evidence(sheet, shown.evidence)
    _coverage(sheet, shown.coverage)
    _reasons(sheet, need, address)
    _foot(sheet, need, address)
    return sheet.bytes()


def _title(sheet: Sheet, shown: Shown) -> None:
    need, small = shown.need, sheet.style(9, ink=paper.INK_2)
    _look, word = wording.pill(need.state, shown.coverage)
    sheet.skip(2)
    sheet.say_at_end(_both_calendars(now().astimezone(need.lab.site.zone).date()), small)
    sheet.say(f"{isolated(need.reference)} · {word}", small)
    sheet.skip(1.5)
    text = isolated(localized(need, "title"))
    styles = [sheet.style(size, bold=True, leading=1.2) for size in (25, 21, 17, 15)]
    style = next((one for one in styles if len(sheet.lines(text, one)) <= 2), None)
    if style:
        sheet.write(sheet.balanced(text, style), style)
    else:
        sheet.write(sheet.cut(text, styles[-1], 3, more="…"), styles[-1])


def _evidence(sheet: Sheet, evidence: Evidence) -> None:
    """The sentence that the need rests on, when and how it was counted, and its figures."""
    sheet.skip(SECTION - 2)
    large = sheet.style(15, ink=paper.ACT, leading=1.3)
    sheet.say("\n".join(wording.evidence_sentences(evidence)), large)
    sheet.skip(1)
    frozen = _("Frozen on %(day)s.", day=_both_calendars(evidence.computed_on))
    counted = _(
        "Counted from refused and too-late requests, each company's repeats once. Formula %(version)s.",
        version=formats.digits_text(evidence.formula),
    )
    sheet.say(f"{frozen} {counted}", sheet.style(8.2, ink=paper.INK_2))
    if figures := wording.figures_in_words(evidence):
        sheet.skip(3.5)
        _figures(sheet, figures)


def _figures(sheet: Sheet, figures: list[tuple[str, str]]) -> None:
    top, wide = sheet.y, INNER / len(figures)
    number, meaning = sheet.style(18, bold=True, leading=1.15), sheet.style(8.5, ink=paper.INK_2, leading=1.3)
    bottom = top
    for place, (figure, words) in enumerate(figures):
        sheet.y = top
        at = place * wide + (3 if place else 0)
        sheet.say(figure, number, at=at, width=wide - 5)
        sheet.say(words, meaning, at=at, width=wide - 5)
        bottom = max(bottom, sheet.y)
    sheet.y = top
    for place in range(1, len(figures)):
        sheet.upright(place * wide, bottom - top)
    sheet.y = bottom


def _coverage(sheet: Sheet, coverage: Coverage) -> None:
    """How far it is met: a bar, and the same in words."""
    _heading(sheet, _("Covered so far"))
    parts = [part for part in wording.parts(coverage) if part[1]]
    whole, at = sum(count for _kind, count, _word in parts), 0.0
    for kind, count, _word in parts:
        wide = INNER * count / whole
        _piece(sheet, kind, at, wide, 6)
        at += wide
    sheet.skip(7.2)
    style, at, top = sheet.style(9), 0.0, sheet.y
    for kind, count, word in parts:
        text = f"{formats.number_text(count)} {word}"
        sheet.y = top + (style.height - 3) / 2
        _piece(sheet, kind, at, 4, 3)
        sheet.y = top
        sheet.say(text, style, at=at + 5.5, width=INNER)
        at += 5.5 + sheet.width_of(text, style) + 6


def _piece(sheet: Sheet, kind: str, at: float, width: float, height: float) -> None:
    """Each kind differs from the others without colours as well."""
    sheet.box(at, width, height, COLOURS[kind])
    if kind == "reserve":
        sheet.hatch(at, width, height, paper.WAIT)
        sheet.frame(at, width, height)
    elif kind == "agree":
        sheet.frame(at + 0.5, width - 1, height - 1, down=0.5, ink=paper.ACT)


def _reasons(sheet: Sheet, need: Need, address: str) -> None:
    """Why it is missed and what it must do: large if there is room, else as much as has room."""
    texts = [(_("Why it is missed"), need.justification[:MOST_TEXT])]
    if need.specification:
        texts.append((_("What it has to be able to do"), need.specification[:MOST_TEXT]))
    free = HEIGHT - MARGIN - FOOT - 3 - sheet.y - len(texts) * _heading_height(sheet)
    styles = [sheet.style(size, leading=1.45) for size in TEXT_SIZES]
    for style in styles:
        most = int(free / style.height)
        wanted = [len(sheet.lines(text, style, own=True)) for _title, text in texts]
        if sum(wanted) <= most:
            break
    more = isolated(_("…, more at %(address)s", address=isolated(address)))
    for (heading, text), lines in zip(texts, _shared(wanted, most), strict=True):
        _heading(sheet, heading)
        sheet.write(sheet.cut(text, style, lines, more=more, own=True), style)


def _shared(wanted: list[int], most: int) -> list[int]:
    """How many lines each text gets: the second cedes to the first what goes beyond its share."""
    if sum(wanted) <= most or len(wanted) == 1:
        return [min(lines, most) for lines in wanted]
    why, what = wanted
    second = min(what, max(int(most * SPECIFICATION_SHARE), most - why))
    return [most - second, second]


def _foot(sheet: Sheet, need: Need, address: str) -> None:
    """Where it would stand, who answers, and how to give."""
    sheet.y = top = HEIGHT - MARGIN - FOOT
    sheet.line(0, INNER, paper.INK)
    sheet.y = top + 4
    _place(sheet, need)
    sheet.y = top + 4
    at = PLACE + 6
    wide = INNER - at - QR - 5
    head, small = _head_style(sheet), sheet.style(9)
    if need.state is NeedState.PUBLISHED:
        sheet.say(_("How to give"), head, at=at, width=wide)
        sheet.say(
            _(
                "Offer at this address what you would give, or speak to the lab: a named person answers. "
                "Giving changes no booking rule."
            ),
            small,
            at=at,
            width=wide,
        )
    else:
        sheet.say(_("Nothing is asked for at present"), head, at=at, width=wide)
        if need.closing_reason:
            sheet.say(str(wording.CLOSING_REASONS[need.closing_reason]), small, at=at, width=wide)
    sheet.skip(1.5)
    sheet.say(isolated(address), sheet.style(9, bold=True, ink=paper.ACT), at=at, width=wide, link=address)
    sheet.y = top + 4
    sheet.qr(address, at=INNER - QR, size=QR)


def _place(sheet: Sheet, need: Need) -> None:
    lab, small = need.lab, sheet.style(9)
    sheet.say(_("Place and contact"), _head_style(sheet), width=PLACE)
    for text in (localized(lab), localized(lab.site), lab.location):
        if text:
            sheet.write(sheet.cut(isolated(text), small, 2, more="…", width=PLACE), small, width=PLACE)
    if lab.phone:
        sheet.say(_("Phone %(number)s", number=isolated(lab.phone)), small, width=PLACE)


def _heading(sheet: Sheet, text: str) -> None:
    sheet.skip(SECTION)
    sheet.say(text, _head_style(sheet))
    sheet.skip(0.8)


def _heading_height(sheet: Sheet) -> float:
    return SECTION + _head_style(sheet).height + 0.8


def _head_style(sheet: Sheet) -> paper.Style:
    return sheet.style(10.5, bold=True)


def _both_calendars(day: date) -> str:
    """The day in the reader's calendar, with the other one's beside it."""
    return f"{formats.date_text(day)} ({isolated(formats.date_other_text(day))})"
