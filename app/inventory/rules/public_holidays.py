"""Public holidays as a library knows them: a first draft for the site's own list. Pure.

Lunar holidays are observed and may move by a day; the official list of a year may differ from any
library's. So they are only ever copied into rows that the office can change, never asked for again.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

from holidays import country_holidays
from holidays.utils import list_supported_countries

_ESTIMATED = re.compile(r"\s*\((?:estimated|تخمینی)\)")
_BETWEEN = re.compile(r"\s*[;؛]\s*")


@dataclass(frozen=True, order=True)
class PublicHoliday:
    on: date
    name: str
    name_fa: str | None
    is_estimated: bool


@cache
def countries() -> list[str]:
    """The ISO codes of the countries whose holidays are known."""
    return sorted(code for code in list_supported_countries() if len(code) == 2)


def public_holidays(country: str, years: Collection[int]) -> list[PublicHoliday]:
    """The holidays of the (Gregorian) years, in order; none for a country that is not known."""
    if country not in countries():
        return []
    languages = country_holidays(country).supported_languages
    english = _named(country, years, "en_US" if "en_US" in languages else None)
    persian = _named(country, years, "fa_IR") if "fa_IR" in languages else {}
    return [
        PublicHoliday(
            on=day,
            name=_plain(name),
            name_fa=_plain(persian[day]) if day in persian else None,
            is_estimated=_ESTIMATED.search(name) is not None,
        )
        for day, name in sorted(english.items())
    ]


def _named(country: str, years: Collection[int], language: str | None) -> dict[date, str]:
    return dict(country_holidays(country, years=years, language=language))


def _plain(name: str) -> str:
    """'A (estimated); B' as 'A; B', each name once, within the column."""
    names = (_ESTIMATED.sub("", part).strip() for part in _BETWEEN.split(name))
    return "; ".join(dict.fromkeys(part for part in names if part))[:200]
