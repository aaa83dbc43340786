"""Secrets that are handed out once and kept as hashes only."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A fresh secret of 256 bits, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What is stored of a token. It is random already, so a fast hash is enough and looks up by equality."""
    return hashlib.sha256(token.encode()).hexdigest()
