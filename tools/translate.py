"""Gather every visible text and bring the catalogues to date: `make translations`.

What is translated is kept, what is new gets an empty msgstr, and with --prune what nobody says any more
is dropped. The order is that of the texts themselves and no place is noted, so that two people who add
texts at the same time seldom touch the same lines.
"""

import io
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "app" / "translations"
SOURCES = [("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2"), ("**.py", "python")]
# A template that cannot be parsed must not simply lose its texts.
OPTIONS = {"**/templates/**.html": {"silent": "false"}, "**/templates/**.txt": {"silent": "false"}}
KEYWORDS = DEFAULT_KEYWORDS | {
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
KEPT_HEADERS = ("Content-Type", "Language:", "Plural-Forms")


def gathered() -> Catalog:
    """Every text that the program may show, from its templates and its Python."""
    catalog = Catalog()
    found = extract_from_dir(ROOT / "app", SOURCES, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
    for _file, _line, texts, comments, context in found:
        catalog.add(texts, auto_comments=comments, context=context)
    return catalog


def languages() -> list[str]:
    return sorted(path.parts[-3] for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))


def path_of(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def kept(language: str) -> Catalog:
    """The catalogue of a language as it stands."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def is_translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(texts) and not message.fuzzy


def missing(texts: Catalog, translations: Catalog) -> list[str]:
    """The texts that have no translation there."""
    left = []
    for message in texts:
        there = translations.get(message.id, message.context)
        if message.id and (there is None or not is_translated(there)):
            left.append(str(message.id))
    return left


def unused(texts: Catalog, translations: Catalog) -> list[Message]:
    """Translations of texts that the program does not say any more."""
    return [message for message in translations if message.id and not texts.get(message.id, message.context)]


def bring_to_date(language: str, *, prune: bool) -> int:
    """Rewrite the catalogue of the language; how many of its texts are still missing."""
    texts, catalog = gathered(), kept(language)
    for message in texts:
        if message.id and catalog.get(message.id, message.context) is None:
            catalog.add(message.id, context=message.context, auto_comments=message.auto_comments)
    if prune:
        for message in unused(texts, catalog):
            catalog.delete(message.id, message.context)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, no_location=True, sort_output=True)
    path_of(language).write_text(_plain_header(buffer.getvalue().decode()), encoding="utf-8")
    return len(missing(texts, catalog))


def compile_stale() -> None:
    """Make the catalogue that the program reads, of each language whose translations are newer."""
    for name in languages():
        source = path_of(name)
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            # Whoever reads it meanwhile reads the old one or the new one, never half of it.
            with tempfile.NamedTemporaryFile(dir=made.parent, delete=False) as file:
                write_mo(file, kept(name))
            part = Path(file.name)
            # Root may run setup, and somebody else the server: a temporary file is its maker's alone.
            part.chmod(0o644)
            part.replace(made)


def _plain_header(text: str) -> str:
    """Without dates and names, which change at every run and say nothing."""
    header, _, rest = text.partition("\n\n")
    known = tuple(f'"{name}' for name in KEPT_HEADERS)
    lines = ['msgid ""', 'msgstr ""', *(line for line in header.splitlines() if line.startswith(known))]
    return "\n".join(lines) + "\n\n" + rest


if __name__ == "__main__":
    if "--compile" in sys.argv[1:]:
        compile_stale()
        sys.exit()
    for name in languages():
        left = bring_to_date(name, prune="--prune" in sys.argv[1:])
        sys.stdout.write(f"kargah: {name}: {left} texts are not translated yet\n")
