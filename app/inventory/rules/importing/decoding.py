"""The text of a file: UTF-8 with or without a mark, or the Windows code page of Persian Excel. Pure."""

import re

from app.inventory.errors import ImportRefused
from app.inventory.problems import Problem

MOST_BYTES = 5 * 1024 * 1024
"""Ten thousand lines with long descriptions; anything above is another kind of file."""

WINDOWS_ARABIC = "windows-1256"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_REPLACED = "\ufffd"
_ARABIC = re.compile("[\u0621-\u06d3]")
# A Latin letter right beside an Arabic one: what a Western file looks like when read as Arabic.
_MIXED = re.compile("[A-Za-z][\u0621-\u06d3]|[\u0621-\u06d3][A-Za-z]")


def measured(data: bytes) -> bytes:
    """The file, if it is not too large. Raises ImportRefused."""
    if len(data) > MOST_BYTES:
        raise refused("too-big", most_megabytes=MOST_BYTES // 1024 // 1024)
    return data


def text_of(data: bytes) -> str:
    """The file as text. Raises ImportRefused with what it is instead, or where it cannot be read."""
    if data.startswith(_UTF16):
        raise refused("utf-16")
    if data.startswith(_BINARY) or data.count(b"\x00") * 100 > len(data):
        raise refused("not-text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = data.decode(WINDOWS_ARABIC)
        if _looks_arabic(text) and not _looks_like_utf8(data):
            return text
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportRefused([Problem("encoding", line)]) from error


def refused(code: str, **params: object) -> ImportRefused:
    """A refusal of the file as a whole."""
    return ImportRefused([Problem(code, params=params)])


def _looks_like_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 but for a few bytes: hardly two letters of a code page look like one of UTF-8."""
    letters = [character for character in data.decode("utf-8", errors="replace") if character > "\x7f"]
    return letters.count(_REPLACED) * 10 <= len(letters)


def _looks_arabic(text: str) -> bool:
    return len(_MIXED.findall(text)) * 10 <= len(_ARABIC.findall(text))
