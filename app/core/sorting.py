"""The order in which names are listed: Persian by its own alphabet, numbers by their size. Pure.

Code points put پ چ ژ گ after ه and ۱۰ before ۹, and databases disagree with each other about the
rest. The key is made of 0-9 and a-z alone, so every collation of every database sorts it alike.
"""

import re
import unicodedata

from app.core.text import ascii_digits, clean

LONGEST_KEY = 200
_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_PLACES = "0123456789abcdefghijklmnopqrstuvwxyz"
_ONE_LETTER = str.maketrans({"أ": "ا", "إ": "ا", "ٱ": "ا", "ة": "ه", "ۀ": "ه", "ؤ": "و", "ئ": "ی", "ء": None})
_LETTERS = {letter: "3" + place for letter, place in zip(_ALPHABET, _PLACES, strict=False)}
_PARTS = re.compile(r"[0-9]+|\s+|.", re.DOTALL)


def sort_key(name: str) -> str:
    """A key that sorts as people expect the name to: gaps, numbers, Latin, Persian, then the rest."""
    text = ascii_digits(clean(name)).translate(_ONE_LETTER).casefold()
    return "".join(_key_of(part) for part in _PARTS.findall(text))[:LONGEST_KEY]


def _key_of(part: str) -> str:
    if part.isspace():
        return "0"
    if part.isascii() and part.isdigit():
        number = part.lstrip("0")[:99]
        return f"1{len(number):02d}{number}"
    if part in _LETTERS:
        return _LETTERS[part]
    base = unicodedata.normalize("NFKD", part)[:1]
    if "a" <= base <= "z":
        return "2" + base
    return f"4{ord(part):05x}" if part.isalpha() else ""
