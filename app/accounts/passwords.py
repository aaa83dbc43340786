"""Hashing passwords: Argon2id, never inside a transaction, few at a time.

Each hash takes 19 MiB and about 60 ms (OWASP's least). Many at once would be a way to exhaust the memory
of the server, so further ones wait for a place.
"""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.accounts.rules.passwords import MOST, normalised
from app.core.db import in_unit_of_work
from app.core.errors import Busy

AT_ONCE = 4
LONGEST_WAIT_SECONDS = 10

hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_places = BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """What is stored of a password. Raises Busy when too many wait."""
    with _Place():
        return hasher.hash(normalised(password))


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash. Without a hash it takes just as long and is wrong."""
    if len(password) > MOST:
        return False
    with _Place():
        try:
            return hasher.verify(password_hash or _nobodys_hash(hasher), normalised(password)) and bool(
                password_hash
            )
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Whether it was made with weaker parameters than today's."""
    return hasher.check_needs_rehash(password_hash)


class _Place:
    """A turn at hashing."""

    def __enter__(self) -> None:
        if in_unit_of_work():
            raise RuntimeError("hashing inside a transaction would make every other writer wait")
        if not _places.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise Busy

    def __exit__(self, *exc: object) -> None:
        _places.release()


@cache
def _nobodys_hash(made_by: PasswordHasher) -> str:
    return made_by.hash("compared with when there is nobody to compare with")
