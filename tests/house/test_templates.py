"""Rules about pages that can be read off their templates and stylesheets."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.house.reading import Source, calls_in, python_of, stylesheets, templates

NOT_TEXT = frozenset({"code", "kbd", "samp", "script", "style", "bdi"})
SPOKEN_ATTRIBUTES = frozenset({"title", "alt", "placeholder", "aria-label", "aria-description", "label"})
NAMES = frozenset({"Kargah", "کارگاه"})
"""What is the same in every language."""
WORD = re.compile(r"[^\W\d_]{2,}")
TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
JINJA = re.compile(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|\bhx-on\b|javascript:|<script(?![^>]*\bsrc\s*=)", re.IGNORECASE
)
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right)\b[\w-]*"
    r"|border-(top|bottom)-(left|right)-radius|left|right)\s*:|"
    r"(?<![\w-])(text-align|float|clear)\s*:\s*(left|right)\b"
)
SHARED = frozenset({"page", "asset", "icon"})
"""What the layout reads (app/web/page.py); a view that hides one breaks its page."""
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)")
TEMPLATE_NAME = re.compile(r"""["']([\w./-]+\.html)["']""")


class _BareText(HTMLParser):
    """Finds words that stand in the page itself instead of in a catalogue."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.silent = 0
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in NOT_TEXT
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES:
                self._look(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in NOT_TEXT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._look(data)

    def _look(self, text: str) -> None:
        if set(WORD.findall(text)) - NAMES:
            self.found.append((self.getpos()[0], " ".join(text.split())))


def bare_texts(sources: list[Source]) -> Iterator[str]:
    """Words that no translator will ever see."""
    for source in sources:
        parser = _BareText()
        # Each block leaves its line ends behind, so that the numbers of the lines stay true.
        parser.feed(JINJA.sub(lambda block: "\n" * block.group().count("\n") or " ", source.text))
        parser.close()
        for line, text in parser.found:
            yield f"{source.path}:{line}: {text!r}"


def inline(sources: list[Source]) -> Iterator[str]:
    """Styles and scripts inside a page: the content security policy drops them."""
    for source in sources:
        text = TAGS.sub(lambda tag: "\n" * tag.group().count("\n"), source.text)
        for number, line in enumerate(text.splitlines(), 1):
            if INLINE.search(line):
                yield f"{source.path}:{number}: {line.strip()[:80]}"


def physical(sources: list[Source]) -> Iterator[str]:
    """Left and right in a stylesheet, where start and end are meant."""
    for source in sources:
        text = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), source.text)
        for number, line in enumerate(text.splitlines(), 1):
            if PHYSICAL.search(line):
                yield f"{source.path}:{number}: {line.strip()[:80]}"


def hidden_names(sources: list[Source]) -> Iterator[str]:
    """Views that give a template a name of their own for what every page already has under that name."""
    for source in sources:
        for call, name in calls_in(source):
            if name == "render_template" and any(keyword.arg in SHARED for keyword in call.keywords):
                yield source.at(call)


def unused_macros(sources: list[Source]) -> Iterator[str]:
    everything = "\n".join(source.text for source in sources)
    for source in sources:
        for name in MACRO.findall(source.text):
            # A macro that calls only itself is not used either.
            if len(re.findall(rf"\b{name}\s*\(", everything)) < 2:
                yield f"{source.path}: {name}"


def unused_templates(pages: list[Source], code: list[Source]) -> Iterator[str]:
    """Templates that neither a view nor another template names."""
    named = {name for page in pages for name in TEMPLATE_NAME.findall(page.text)}
    for source in code:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
    for page in pages:
        if page.path.partition("/templates/")[2] not in named:
            yield page.path


def test_every_word_on_a_page_can_be_translated() -> None:
    assert list(bare_texts(templates())) == []


def test_a_bare_word_would_be_found() -> None:
    planted = Source(
        "app/x/templates/x/y.html",
        """{# a comment #}<h1>{{ _("Bookings") }}</h1>
{% trans n=3 %}You have {{ n }}{% endtrans %} · Kargah
<p>Nothing yet</p><input placeholder="Search"><code>KG-1</code>
<a title="{{ _('Next') }}" class="next page">›</a><p>رزروها</p>""",
    )

    assert [found.split(": ")[1] for found in bare_texts([planted])] == [
        "'Nothing yet'",
        "'Search'",
        "'رزروها'",
    ]


def test_nothing_is_inline() -> None:
    assert list(inline(templates())) == []


def test_something_inline_would_be_found() -> None:
    bad = [
        '<p style="x">',
        "<style>",
        '<a onclick="x">',
        "<script>",
        '<a href="javascript:x">',
        '<b hx-on:click="x">',
    ]
    good = ['<script src="/static/js/a.js" defer></script>', "<p class='style'>", "{% set only = 3 %}"]

    assert len(list(inline([Source("x.html", "\n".join(bad + good))]))) == len(bad)


def test_stylesheets_know_start_and_end_only() -> None:
    assert list(physical(stylesheets())) == []


def test_a_left_or_right_would_be_found() -> None:
    bad = ["margin-left: 1px", "right: 0", "text-align: left", "float:right", "border-top-left-radius: 3px"]
    good = [
        "margin-inline-start: 1px",
        "inset-inline-end: 0",
        "text-align: start",
        "/* left: as in */",
        "--left: 1",
    ]

    assert len(list(physical([Source("x.css", "\n".join(bad + good))]))) == len(bad)


def test_no_view_hides_what_the_layout_reads() -> None:
    assert list(hidden_names(python_of("app"))) == []


def test_a_hidden_name_would_be_found() -> None:
    planted = Source(
        "app/x/views.py", 'render_template("a.html", page=1)\nrender_template("a.html", number=1)\n'
    )

    assert list(hidden_names([planted])) == ["app/x/views.py:1"]


def test_every_macro_is_used() -> None:
    assert list(unused_macros(templates())) == []


def test_an_unused_macro_would_be_found() -> None:
    page = Source("x.html", "{% macro used(a) %}{% endmacro %}{% macro idle() %}{% endmacro %}{{ used(1) }}")

    assert list(unused_macros([page])) == ["x.html: idle"]


def test_every_template_is_shown_by_somebody() -> None:
    assert list(unused_templates(templates(), python_of("app"))) == []


def test_an_unused_template_would_be_found() -> None:
    pages = [
        Source("app/x/templates/x/index.html", '{% extends "layout/base.html" %}'),
        Source("app/web/templates/layout/base.html", ""),
        Source("app/x/templates/x/old.html", ""),
    ]
    view = Source("app/x/views.py", 'render_template("x/index.html")')

    assert list(unused_templates(pages, [view])) == ["app/x/templates/x/old.html"]
