"""Secrets must not be readable in logs.

Whoever holds a feed's address reads that feed: it is a password that calendar programs can send in no
other way, and the servers' access logs write every path. So whatever looks like one of our tokens is
taken out of a message on its way to the log, wherever in it it stands.
"""

import logging

from app.core.tokens import TOKEN_PATTERN

# Who is handed paths: the development server, gunicorn, and Flask itself when an exception comes through.
_LOGGERS = ("werkzeug", "gunicorn.access", "gunicorn.error", "app")


def scrub(text: str) -> str:
    """The text without tokens."""
    return TOKEN_PATTERN.sub("***", text)


class HideTokens(logging.Filter):
    """Takes tokens out of a record before any handler or formatter sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        scrubbed = scrub(message)
        if scrubbed != message:
            record.msg, record.args = scrubbed, ()
        return True


_HIDE_TOKENS = HideTokens()


def hide_tokens() -> None:
    """Scrub what the servers and the application log. Calling it again changes nothing.

    A logger's filters see only its own records, so each one that is handed paths gets it.
    """
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_HIDE_TOKENS)
