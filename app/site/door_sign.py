"""The sign for a lab's door: whose door it is, when it opens, whom to call, and a code for a phone."""

from flask_babel import gettext as _

from app.core.i18n import language, localized
from app.core.text import isolated
from app.inventory.models import Lab
from app.inventory.rules.week import a_day_of, weekdays_from
from app.web.formats import time_text, weekday_text
from app.web.pdf import paper
from app.web.pdf.letterhead import letterhead
from app.web.pdf.sheet import HEIGHT, INNER, MARGIN, Sheet

QR = 78.0
DAY = 46.0
"""How wide the names of the days are."""
MOST_LINES = 3


def names(lab: Lab) -> list[str]:
    """The lab's name in the reader's language, and in the other one where it has one."""
    both = (localized(lab), lab.name, lab.name_fa)
    return list(dict.fromkeys(name for name in both if name))


def hours(lab: Lab) -> list[tuple[str, str]]:
    """Each day of the week with its openings, in words."""
    found = []
    for weekday in weekdays_from(lab.site.first_weekday):
        openings = [one for one in lab.hours if one.weekday == weekday]
        said = [
            _("%(opens)s to %(closes)s", opens=time_text(one.opens), closes=time_text(one.closes))
            for one in openings
        ]
        found.append((weekday_text(a_day_of(weekday)), str(_(", ")).join(said) or _("closed")))
    return found


def draw(lab: Lab, address: str) -> bytes:
    """One page of A4 in the reader's language. `address`: what the code leads to."""
    sheet = Sheet(title=localized(lab), language=language())
    letterhead(sheet, localized(lab.site.organisation), localized(lab.site))
    _names(sheet, lab)
    _hours(sheet, lab)
    _code(sheet, address)
    return sheet.bytes()


def _names(sheet: Sheet, lab: Lab) -> None:
    sheet.skip(8)
    for place, name in enumerate(names(lab)):
        style = sheet.style(34 if place == 0 else 22, bold=place == 0, leading=1.2)
        sheet.write(sheet.cut(isolated(name), style, MOST_LINES - place, more="…", own=True), style)
        sheet.skip(2)
    small = sheet.style(13, ink=paper.INK_2)
    if lab.location:
        sheet.write(sheet.cut(isolated(lab.location), small, 1, more="…"), small)
    if lab.phone:
        sheet.say(_("Phone %(number)s", number=isolated(lab.phone)), small)


def _hours(sheet: Sheet, lab: Lab) -> None:
    sheet.skip(8)
    sheet.say(_("Opening hours"), sheet.style(13, bold=True))
    sheet.skip(2)
    style = sheet.style(12)
    for day, said in hours(lab):
        top = sheet.y
        sheet.say(day, style, width=DAY)
        sheet.y = top
        sheet.say(said, style, at=DAY, width=INNER - DAY)
        sheet.y = max(sheet.y, top + style.height)


def _code(sheet: Sheet, address: str) -> None:
    """At the bottom of the page, where a phone can be held to it."""
    top = HEIGHT - MARGIN - QR
    sheet.y = top
    sheet.qr(address, at=INNER - QR, size=QR)
    wide = INNER - QR - 8
    sheet.say(_("Point your phone's camera here"), sheet.style(18, bold=True, leading=1.25), width=wide)
    sheet.skip(3)
    sheet.say(
        _("See what is free, ask for a time, or tell the lab that something is broken."),
        sheet.style(13),
        width=wide,
    )
    sheet.skip(3)
    sheet.say(isolated(address), sheet.style(10, ink=paper.ACT), width=wide, link=address)
