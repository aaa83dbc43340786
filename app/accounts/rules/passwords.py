"""Which passwords are accepted. Pure.

Twelve to 128 characters, any of them; compared after NFC, so that one word typed on two keyboards is one
password. No rules about capitals and digits: what is refused is what people guess first (NIST SP 800-63B,
5.1.1.2). A list of leaked passwords would hold almost none of twelve characters, so we take passwords
apart instead: made of common words, walks over the keyboard and numbers such as years, one is guessable
however it is padded.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

LEAST, MOST = 12, 128
WORDS_THAT_ARE_TOO_FEW = 2
"""Up to this many common words are guessable; three and more make a phrase."""

_KEYBOARD_ROWS = (
    "1234567890", "0987654321", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertz", "azerty",
    "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "qazwsxedcrfvtgbyhnujmik", "!@#$%^&*()",
    "ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو", "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی", "۱۲۳۴۵۶۷۸۹۰",
)  # fmt: skip
_LOOK_ALIKES = {"@": "a", "4": "a", "3": "e", "0": "o", "$": "s", "5": "s", "7": "t", "!": "i"}
_FOLDS = (str.maketrans({**_LOOK_ALIKES, "1": "i"}), str.maketrans({**_LOOK_ALIKES, "1": "l"}))
# A year, a date, a phone number or a short number; longer ones are somebody's secret.
_PLAIN_NUMBER = re.compile(r"[0-9]{1,5}|(?:13|14|19|20)[0-9]{2}(?:[0-9]{2}){0,2}|0?9[0-9]{9}")
_LISTED = Path(__file__).with_name("common_words.txt").read_text("utf-8").splitlines()
COMMON_WORDS = frozenset(word for line in _LISTED if not line.startswith("#") for word in line.split())
_LONGEST_WORD = max(map(len, COMMON_WORDS))
_SHORTEST_WALK = 3


def normalised(password: str) -> str:
    """The password as it is hashed and compared."""
    return unicodedata.normalize("NFC", password)


def fault(password: str, *, about: Iterable[str] = ()) -> str | None:
    """What is wrong with it: 'too_short', 'too_long' or 'too_common'; None: it is accepted.

    `about` is what is known of the person (address, name, company): words of it are common ones here.
    """
    password = normalised(password)
    if len(password) < LEAST:
        return "too_short"
    if len(password) > MOST:
        return "too_long"
    return "too_common" if is_guessable(password, about=about) else None


def is_guessable(password: str, *, about: Iterable[str] = ()) -> bool:
    """Whether it consists of few common words, walks over the keyboard, repeats and plain numbers."""
    text = password.casefold()
    if _repeats_a_short_piece(text):
        return True
    own = {word for phrase in about for word in re.findall(r"\w{4,}", phrase.casefold())}
    return any(
        _words_needed(text, text.translate(folding), own) <= WORDS_THAT_ARE_TOO_FEW for folding in _FOLDS
    )


def _repeats_a_short_piece(text: str) -> bool:
    """abcabcabcabc, salam salam salam: a piece of at most six letters and digits, over and over."""
    bare = "".join(character for character in text if character.isalnum())
    return any(bare == (bare[:size] * len(bare))[: len(bare)] for size in range(1, 7))


def _words_needed(text: str, folded: str, own: set[str]) -> int:
    """How many common words the text falls apart into, with nothing but plain pieces between them.

    More than the text has characters when it does not. `best[i]` is the answer for the first i of them.
    """
    never = len(text) + 1
    best = [0] + [never] * len(text)
    for start in range(len(text)):
        if best[start] == never:
            continue
        for end in range(start + 1, len(text) + 1):
            if _is_word(folded[start:end], own) or _is_word(text[start:end], own):
                best[end] = min(best[end], best[start] + 1)
            elif _is_plain(text[start:end]):
                best[end] = min(best[end], best[start])
    return best[-1]


def _is_word(piece: str, own: set[str]) -> bool:
    return (len(piece) <= _LONGEST_WORD and piece in COMMON_WORDS) or piece in own


def _is_plain(piece: str) -> bool:
    """Something that adds nothing: punctuation, a plain number, a repeated character, a walk."""
    if len(piece) == 1:
        return not piece.isalpha()
    if _PLAIN_NUMBER.fullmatch(piece):
        return True
    if len(piece) >= _SHORTEST_WALK:
        return len(set(piece)) == 1 or piece in _walks()
    return False


@cache
def _walks() -> frozenset[str]:
    """Every stretch of three keys and more along a row of the keyboard, in both directions."""
    rows = [row * 2 if row.isdigit() else row for row in _KEYBOARD_ROWS]
    both = rows + [row[::-1] for row in rows]
    lengths = range(_SHORTEST_WALK, max(map(len, both)) + 1)
    return frozenset(row[at : at + n] for row in both for n in lengths for at in range(len(row) - n + 1))
