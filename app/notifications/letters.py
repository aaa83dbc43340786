"""Letters: a mail's words, rendered for one recipient in that person's language.

A letter has two templates, `<feature>/mail/<name>.subject.txt` and `<feature>/mail/<name>.txt`; the
second extends `notifications/mail/letter.txt`. The HTML part is the same text again, so that the two
cannot differ and right-to-left mail is shown as such. In both, values of another direction are put
through the filter `isolate`.
"""

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from app.core.i18n import direction, in_language
from app.core.text import isolated
from app.notifications.recipients import Recipient
from app.web.links import public_address

_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The finished words of a mail."""

    subject: str
    text: str
    html: str


def write_letter(template: str, to: Recipient, **values: Any) -> Letter:
    """The letter `template` ("booking/mail/approved") to this person; templates get `recipient`, `zone`."""
    given = {"recipient": to, "zone": to.zone, **values}
    with in_language(to.language):
        subject = " ".join(_render(f"{template}.subject.txt", given).split())
        paragraphs = _paragraphs(_render(f"{template}.txt", given))
        html = _render("notifications/mail/letter.html", _as_page(to.language, subject, paragraphs))
    return Letter(subject=subject, text="\n\n".join(paragraphs) + "\n", html=html)


def _render(template: str, values: dict[str, Any]) -> str:
    # Not render_template(): its context processors belong to pages and ask for a request.
    return current_app.jinja_env.get_template(template).render(values)


def _paragraphs(text: str) -> list[str]:
    tidy = ("\n".join(line.strip() for line in part.splitlines()) for part in _BLANK_LINES.split(text))
    return [part.strip() for part in tidy if part.strip()]


def _as_page(language: str, subject: str, paragraphs: list[str]) -> dict[str, Any]:
    """What the HTML template takes; a line that is only an address becomes a link."""
    lines = [[(line, line.startswith(("https://", "http://"))) for line in p.split("\n")] for p in paragraphs]
    return {"language": language, "direction": direction(language), "subject": subject, "paragraphs": lines}


def prepare(app: Flask) -> None:
    """Give mail templates the filter and the function they use."""
    app.jinja_env.filters["isolate"] = isolated
    app.jinja_env.globals["public_address"] = public_address
