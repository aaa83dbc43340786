"""Text as people type it in Persian, Arabic and Latin: digits, cleaning, and the key for searching. Pure.

`clean` is for storing, `fold` for comparing. Rules and cases: Unicode UAX #15 and the Persian keyboard
standard ISIRI 6219 (one YEH, one KEHEH); the zero-width non-joiner carries meaning and is kept when storing.
"""

import re
import unicodedata

ZWNJ = "\u200c"
PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_TO_ASCII_DIGITS = str.maketrans(PERSIAN_DIGITS + "٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_TO_PERSIAN_DIGITS = str.maketrans("0123456789", PERSIAN_DIGITS)
_ONE_FORM = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u0640": None})
_FOLDED = str.maketrans(
    {
        "آ": "ا",
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ؤ": "و",
        "ئ": "ی",
        "ء": None,
        "٪": "%",
    }
)
# Isolates, embeddings and marks reorder a page around a name: nobody types them on purpose.
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_LIKE_LETTERS = frozenset("%\\")
"""Punctuation to Unicode, but said as a word is, or no part of a sentence."""
_SPACE = re.compile(f"[\\s{ZWNJ}]+")


def ascii_digits(text: str) -> str:
    """The same text with Persian and Arabic digits as 0–9."""
    return text.translate(_TO_ASCII_DIGITS)


def persian_digits(text: str) -> str:
    return text.translate(_TO_PERSIAN_DIGITS)


def clean(text: str) -> str:
    """The text as it is stored: one form of each letter, no control characters, single spaces."""
    text = unicodedata.normalize("NFC", text)
    text = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = _CONTROLS.sub("", _BIDI_CONTROLS.sub("", text)).translate(_ONE_FORM)
    text = re.sub(f"{ZWNJ}+", ZWNJ, text)
    text = re.sub(f"{ZWNJ}?([ \t]){ZWNJ}?", r"\1", text)
    lines = (re.sub(r"[ \t]+", " ", line).strip(f" {ZWNJ}") for line in text.splitlines())
    return "\n".join(lines).strip()


def fold(text: str) -> str:
    """The key under which two spellings of one word are equal; '' for nothing but punctuation."""
    text = ascii_digits(clean(text)).translate(_FOLDED)
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if _is_in_key(c))
    return _SPACE.sub("", bare.casefold())


def _is_in_key(character: str) -> bool:
    """All but accents, and punctuation of every script that one leaves out as easily as one types it."""
    if unicodedata.combining(character):
        return False
    return character in _LIKE_LETTERS or not unicodedata.category(character).startswith("P")


def folded_words(query: str) -> list[str]:
    """The folded words of a search; each must occur in the folded text searched."""
    return [word for word in (fold(part) for part in query.split()) if word]


def is_about(text: str, query: str) -> bool:
    """Whether each word of the search occurs in the text, however the two are spelled."""
    key = fold(text)
    return all(word in key for word in folded_words(query))


def isolated(text: str) -> str:
    """The text inside FSI … PDI: whatever its direction, it does not reorder the line around it."""
    return f"\u2068{text}\u2069"


def one_line(text: str) -> str:
    """The cleaned text without line breaks: for names, subjects and headers."""
    return " ".join(clean(text).split())
