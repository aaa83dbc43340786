"""Short names for addresses. Pure."""

import re
import unicodedata
from collections.abc import Collection

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def slug_of(name: str, taken: Collection[str], *, longest: int, otherwise: str) -> str:
    """A slug made of the name's Latin letters and digits, numbered when it is taken.

    `otherwise` is used for names without any, such as Persian ones.
    """
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[: longest - 4].strip("-") or otherwise
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def is_slug(text: str, *, longest: int) -> bool:
    return len(text) <= longest and SLUG.fullmatch(text) is not None
