"""Names of people and companies, and when two companies look alike. Pure."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from app.core.text import fold, one_line

LONGEST_NAME = 200
ALIKE = 0.86
"""Share of letters two names have in common, in order, from which on a person should look twice."""

# What every other company's name holds too; folded as names are.
_LEGAL_FORMS = (
    "شرکت", "موسسه", "گروه صنعتی", "گروه", "کارخانه", "سهامی خاص", "سهامی عام", "با مسئولیت محدود",
    "دانش بنیان", "تعاونی", "ثبتی", "company", "co", "corporation", "corp", "incorporated", "inc", "limited",
    "ltd", "llc", "gmbh", "plc", "pjsc", "pjs", "private joint stock", "group", "industries", "industrial",
    "the",
)  # fmt: skip


def cleaned_name(text: str) -> str:
    """The name as it is stored. Raises ValueError for none, for one too long and for an address.

    Names are printed in mail to other people; a link in one would be an advertisement in our name.
    """
    name = one_line(text)
    if not name or len(name) > LONGEST_NAME:
        raise ValueError("a name has 1 to 200 characters")
    if "://" in name or "www." in name.casefold():
        raise ValueError("a name is no address")
    return name


def distinctive(name: str) -> str:
    """What of a company's name tells it from others: folded, without legal forms; '' when nothing is left."""
    words = [word for part in _words(name) if (word := _folded(part))]
    left = [word for word in words if word not in _FOLDED_FORMS]
    return "".join(left)


class LookAlikes:
    """Which names could be taken for one of these, of many that are asked about in a row."""

    def __init__(self, names: Iterable[str]) -> None:
        # The matcher keeps what it learns about its second text.
        own = {bare for name in names if (bare := distinctive(name))}
        self._matchers = [SequenceMatcher(None, b=bare) for bare in sorted(own)]

    def __contains__(self, name: str) -> bool:
        bare = distinctive(name)
        return bool(bare) and any(_is_alike(bare, matcher) for matcher in self._matchers)


def look_alike(one: str, other: str) -> bool:
    """Whether two companies' names could be taken for each other."""
    return other in LookAlikes([one])


def _is_alike(bare: str, matcher: SequenceMatcher[str]) -> bool:
    """The cheap upper bounds come first: nearly all pairs are too different in length or letters."""
    matcher.set_seq1(bare)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


# Companies are called by the same few words, and folding is slow.
_folded = lru_cache(maxsize=10_000)(fold)


def _words(name: str) -> list[str]:
    return re.split(r"[\s\u200c(),،.]+", name)


_FOLDED_FORMS = frozenset(fold(word) for form in _LEGAL_FORMS for word in form.split())
