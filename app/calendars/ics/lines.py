"""Content lines: escaping, folding, and what may not be in them."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

LONGEST_LINE = 75
"""Octets without the line break (RFC 5545 3.1)."""

# Whatever some reader takes for the end of a line. A raw one empties Thunderbird's calendar.
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, and halves of a surrogate pair, which have no UTF-8. Evolution shows nothing after a NUL.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\t": " "})
_RESERVED = ":/?#[]@!$&'()*+,;=%"  # RFC 3986
_NOT_PLAIN = re.compile("[^!-~]+")


def text(value: str) -> str:
    """The value of a TEXT property (RFC 5545 3.3.11)."""
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", value)).translate(_ESCAPES)


def uri(value: str) -> str:
    """The value of a URI property: TEXT's escapes do not hold there, so nothing needing them may stay."""
    return quote(value, safe=_RESERVED, errors="ignore")


def token(value: str) -> str:
    """An identifier: visible ASCII only."""
    return _NOT_PLAIN.sub("", value)


def instant(value: datetime) -> str:
    """UTC with Z, in ASCII digits whatever the language: Persian ones empty Thunderbird's calendar."""
    at = value.astimezone(UTC)
    return f"{at.year:04d}{at.month:02d}{at.day:02d}T{at.hour:02d}{at.minute:02d}{at.second:02d}Z"


def duration(value: timedelta) -> str:
    """RFC 5545 3.3.6, in minutes, and never nothing."""
    return f"PT{max(1, value // timedelta(minutes=1))}M"


def fold(line: str) -> bytes:
    """The line as octets with its break: none longer than 75, and no character cut in two."""
    octets = line.encode()
    if len(octets) <= LONGEST_LINE:
        return octets + b"\r\n"
    parts, start, room = [], 0, LONGEST_LINE
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0b1100_0000 == 0b1000_0000:  # inside a UTF-8 sequence
            end -= 1
        parts.append(octets[start:end])
        start, room = end, LONGEST_LINE - 1  # the space that marks a continuation counts
    parts.append(octets[start:])
    return b"\r\n ".join(parts) + b"\r\n"
