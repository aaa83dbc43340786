"""How an address gets into a calendar program."""

from dataclasses import dataclass
from urllib.parse import quote

import segno
from markupsafe import Markup


@dataclass(frozen=True)
class Ways:
    """The same address as programs, phones and people take it."""

    address: str
    webcal: str
    """Opens the calendar program of a computer or an iPhone. Not webcals://, which iPhones refuse."""
    google: str
    qr: Markup


def ways_to_subscribe(address: str) -> Ways:
    webcal = "webcal://" + address.partition("://")[2]
    return Ways(
        address=address,
        webcal=webcal,
        # Google takes the webcal form; with https it answers that the address is wrong.
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        qr=_qr(webcal),
    )


def _qr(text: str) -> Markup:
    """The code as a drawing without any style of its own: the page's policy allows none."""
    drawing = segno.make(text, error="m", micro=False)
    return Markup(drawing.svg_inline(omitsize=True, svgclass=None, lineclass=None))  # noqa: S704 - segno's own
