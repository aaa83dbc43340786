"""How an address gets into a calendar program."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Ways:
    """The same address as programs, phones and people take it."""

    address: str
    webcal: str
    """Opens the calendar program of a computer or an iPhone. Not webcals://, which iPhones refuse."""
    google: str


def ways_to_subscribe(address: str) -> Ways:
    webcal = "webcal://" + address.partition("://")[2]
    return Ways(
        address=address,
        webcal=webcal,
        # Google takes the webcal form; with https it answers that the address is wrong.
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
    )
