"""What the search over everything finds among the pages and the words of the program."""

from flask import url_for
from flask_babel import gettext as _

from app.core.text import is_about
from app.site.glossary import CHAPTERS
from app.web import navigation
from app.web.search import SHOWN, Group, Hit, Source


def _pages(text: str) -> Group:
    found = [entry for entry in navigation.places() if is_about(entry.label, text)]
    return Group(
        title=_("Pages"),
        icon="doc",
        hits=[Hit(title=entry.label, url=entry.url) for entry in found[:SHOWN]],
    )


def _words(text: str) -> Group:
    found = [term for chapter in CHAPTERS for term in chapter.terms if is_about(str(term.word), text)]
    return Group(
        title=_("Words used here"),
        icon="book",
        hits=[
            Hit(
                title=str(term.word),
                url=url_for("site.glossary", _anchor=term.slug),
                detail=str(term.meaning),
            )
            for term in found[:SHOWN]
        ],
    )


PAGES = Source(find=_pages)
WORDS = Source(find=_words)
