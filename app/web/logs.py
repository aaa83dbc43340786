"""Secrets must not be readable in logs.

Whoever holds a feed's address reads that feed: it is a password that calendar programs can send in no
other way, and the servers' access logs write every path. So whatever looks like one of our tokens is
taken out of a message on its way to the log, wherever in it it stands, the traceback included.

The record itself does it. Filters of a logger do not see what its children log, and handlers belong to
whoever starts us (gunicorn, Flask, the job runner, a library's last resort), each at a time of its own.
"""

import logging
import re

from app.core.tokens import TOKEN_PATTERN

# PostgreSQL quotes the row that breaks a constraint: the beginning of every value, of hashes and mails, too.
# Values may have several lines; what follows the row is nothing, a blank line, or what we know.
_QUOTED_ROW = re.compile(
    r"(?<=Failing row contains \().*?(?=\)\.(?:\Z|\n\n|\n\[SQL: |\nCONTEXT: ))", re.DOTALL
)


def scrub(text: str) -> str:
    """The text without tokens, and without the row that a database refused."""
    return TOKEN_PATTERN.sub("***", _QUOTED_ROW.sub("***", text))


class ScrubbedRecord(logging.LogRecord):
    """A record whose message and traceback hold no token, whichever logger and formatter they meet."""

    def getMessage(self) -> str:  # noqa: N802 - logging's own name
        return scrub(super().getMessage())

    @property
    def exc_text(self) -> str | None:
        """The traceback in words. The first formatter puts it here, and every one writes what is here."""
        return self._exc_text

    @exc_text.setter
    def exc_text(self, text: str | None) -> None:
        self._exc_text = scrub(text) if text else text


def hide_tokens() -> None:
    """Scrub whatever this process logs from now on. Calling it again changes nothing."""
    logging.setLogRecordFactory(ScrubbedRecord)
