"""What somebody meant who mistyped a word, of the words that are known. Pure.

One slip (a letter too many, too few, wrong, or two swapped: the optimal string alignment distance) in a
word of four letters and more, two in eight and more; short words have too many neighbours.
"""

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from app.core.text import fold

_BETWEEN_WORDS = re.compile(r"[\s\-‐–/\\(),،؛.;:·+]+")
ONE_SLIP, TWO_SLIPS = 4, 8
"""From so many letters on."""


class Known:
    """The words that may be meant, as they are written in these names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._written: dict[str, str] = {}
        for name in names:
            for word in _BETWEEN_WORDS.split(name):
                if key := fold(word):
                    self._written.setdefault(key, word)

    def mended(self, text: str) -> str | None:
        """The text with each word that nothing is called by as its nearest known one.

        A word that resembles none is left out, as long as another one remains. None where nothing
        could be mended: every word is known, or none is and none resembles one.
        """
        words = [word for word in _BETWEEN_WORDS.split(text) if fold(word)]
        meant = [self._meant(word) for word in words]
        left = [word for word in meant if word]
        return " ".join(left) if left and left != words else None

    def _meant(self, word: str) -> str | None:
        """The word itself, the one it resembles, or the one whose first letters it resembles: people stop
        typing when they have seen enough.
        """
        key = fold(word)
        if any(key in known for known in self._written):
            return word
        begun = {known[: len(key)]: known for known in self._written}
        near = _closest(key, self._written) or begun.get(_closest(key, begun) or "")
        return self._written[near] if near else None


def _closest(key: str, among: Iterable[str]) -> str | None:
    slips = (len(key) >= ONE_SLIP) + (len(key) >= TWO_SLIPS)
    if not slips:
        return None
    found = extractOne(key, list(among), scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found else None
