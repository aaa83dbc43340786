"""Languages: which there are, which one a reader gets, and data that is kept in two of them."""

from typing import Any

from flask_babel import force_locale as in_language
from flask_babel import get_locale

LANGUAGES = {"en": "English", "fa": "فارسی"}
DEFAULT_LANGUAGE = "en"
RIGHT_TO_LEFT = {"fa"}

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "RIGHT_TO_LEFT",
    "direction",
    "in_language",
    "language",
    "localized",
]


def language() -> str:
    """The language of what is being written: of the page's reader, or of a mail's recipient."""
    locale = get_locale()
    return locale.language if locale and locale.language in LANGUAGES else DEFAULT_LANGUAGE


def direction(code: str | None = None) -> str:
    return "rtl" if (code or language()) in RIGHT_TO_LEFT else "ltr"


def localized(thing: Any, field: str = "name", code: str | None = None) -> str:
    """The thing's field in the language; the other language where only that one is filled."""
    persian = getattr(thing, f"{field}_fa", None)
    other = getattr(thing, field, None)
    wanted = persian if (code or language()) == "fa" else other
    return str(wanted or other or persian or "")
