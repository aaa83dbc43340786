"""Secrets that are handed out once and kept as hashes only."""

import hashlib
import re
import secrets

TOKEN_BYTES = 32
_LETTER = "[A-Za-z0-9_-]"
# It begins where no letter stands before, or after an escaped one: "%2F" before it is a slash.
TOKEN_PATTERN = re.compile(f"(?:(?<!{_LETTER})|(?<=%[0-9A-Fa-f]{{2}})){_LETTER}{{43}}(?!{_LETTER})")
"""What new_token() gives: 32 bytes are 43 letters of base64. To find tokens where none may be."""


def new_token() -> str:
    """A fresh secret of 256 bits, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What is stored of a token. It is random already, so a fast hash is enough and looks up by equality."""
    return hashlib.sha256(token.encode()).hexdigest()
