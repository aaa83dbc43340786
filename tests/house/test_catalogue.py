"""Every visible text can be translated, and what is translated fits."""

import ast
import io
import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.house.reading import Source, calls_in, python_of, templates
from tools.translate import gathered, kept, languages, missing, unused

SAY = frozenset({"_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"})
GLUED = re.compile(r"""\b_l?\((["'])(?:(?!\1).)*\1[^()]*\)\s*(?:~|\+\s*["'_])""")


def not_literal(sources: list[Source]) -> Iterator[str]:
    """Texts that are put together before they are looked up: nobody can translate them beforehand."""
    for source in sources:
        for call, name in calls_in(source):
            said = call.args[0] if call.args else None
            if name in SAY and not (isinstance(said, ast.Constant) and isinstance(said.value, str)):
                yield source.at(call)


def glued(sources: list[Source]) -> Iterator[str]:
    """Sentences made of translated pieces: other languages have another order of words."""
    for source in sources:
        for number, line in enumerate(source.lines, 1):
            if GLUED.search(line):
                yield f"{source.path}:{number}"


def wrong(catalog: Catalog) -> list[str]:
    """Translations that lose or invent a %(name)s, and those that were only guessed."""
    faults = [f"{message.id}: {error}" for message, errors in catalog.check() for error in errors]
    return faults + [f"{message.id}: fuzzy" for message in catalog if message.id and message.fuzzy]


def catalogue(text: str) -> Catalog:
    return read_po(io.BytesIO(f'msgid ""\nmsgstr "Language: fa\\n"\n\n{text}'.encode()), locale="fa")


@pytest.mark.parametrize("language", languages())
def test_translations_fit_their_texts(language: str) -> None:
    assert wrong(kept(language)) == []


def test_a_translation_that_does_not_fit_would_be_found() -> None:
    lost = catalogue('#, python-format\nmsgid "Hello %(name)s"\nmsgstr "سلام %(nam)s"\n')
    guessed = catalogue('#, fuzzy\nmsgid "Lab"\nmsgstr "کارگاه"\n')

    assert len(wrong(lost)) == 1
    assert wrong(guessed) == ["Lab: fuzzy"]


@pytest.mark.parametrize("language", languages())
def test_every_text_is_translated_and_no_translation_is_left_over(language: str) -> None:
    texts, translations = gathered(), kept(language)

    assert missing(texts, translations) == []
    assert [message.id for message in unused(texts, translations)] == []


def test_a_missing_and_an_unused_translation_would_be_found() -> None:
    texts = catalogue('msgid "Lab"\nmsgstr ""\n\nmsgid "Day"\nmsgstr ""\n')
    translations = catalogue('msgid "Lab"\nmsgstr "آزمایشگاه"\n\nmsgid "Week"\nmsgstr "هفته"\n')

    assert missing(texts, translations) == ["Day"]
    assert [message.id for message in unused(texts, translations)] == ["Week"]


def test_every_text_is_a_whole_sentence_known_beforehand() -> None:
    assert list(not_literal(python_of("app"))) == []
    assert list(glued([*python_of("app"), *templates()])) == []


def test_a_text_that_cannot_be_translated_would_be_found() -> None:
    code = Source("app/x.py", '_("Booked")\n_(f"Booked {day}")\n_(text)\n')
    page = Source(
        "app/x/templates/x/y.html", "{{ _('by') ~ name }}\n{{ _('Booked by %(name)s', name=name) }}\n"
    )

    assert list(not_literal([code])) == ["app/x.py:2", "app/x.py:3"]
    assert list(glued([page])) == ["app/x/templates/x/y.html:1"]


def test_texts_are_gathered_from_python_and_from_templates() -> None:
    assert len(gathered()) > 0
