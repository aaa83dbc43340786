"""Texts that lie in the database for a while and hold what is otherwise kept as a hash only.

An answer may tell a secret once: the address of a feed. Kept as it is, it could be read in every backup
of the following day. So it is kept under the server's key, which is in no backup of the database.
"""

import base64
import hashlib
import secrets

from flask import current_app

NONCE_BYTES = 16


def seal(text: str) -> str:
    """The text, unreadable without this server's SECRET_KEY; another one each time."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return base64.b64encode(nonce + _mixed(text.encode(), nonce)).decode()


def unseal(sealed: str) -> str | None:
    """The text again; None when the server's key has been changed since."""
    raw = base64.b64decode(sealed)
    try:
        return _mixed(raw[NONCE_BYTES:], raw[:NONCE_BYTES]).decode()
    except UnicodeDecodeError:
        return None


def _mixed(data: bytes, nonce: bytes) -> bytes:
    """The data XOR a stream that SHAKE-256 makes of key and nonce: used once, it is as good as noise."""
    key = hashlib.sha256(b"kept answers:" + str(current_app.config["SECRET_KEY"]).encode()).digest()
    stream = hashlib.shake_256(key + nonce).digest(len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))
