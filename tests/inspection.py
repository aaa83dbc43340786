"""What must be true of every page, whoever wrote it. The client of the tests inspects each it fetches."""

from collections import Counter
from collections.abc import Iterator

from tests.pages import BUTTONS, CONTROLS, Node, Page

RTL_LANGUAGES = {"ar", "fa", "he", "ps", "ur"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LEAKS = ("None", "undefined", "[]", "{}")
"""Words that a template prints when somebody forgot a case."""


def faults(html: str, *, whole: bool) -> list[str]:
    """What is wrong with this page (`whole`) or fragment of a page; [] when nothing is."""
    page = Page(html)
    checks = [*_EVERYWHERE, *(_WHOLE if whole else ())]
    return [*page.mistakes, *(fault for check in checks for fault in check(page))]


def _document(page: Page) -> Iterator[str]:
    if page.doctype.lower() != "doctype html":
        yield "no <!doctype html>"
    html = next(iter(page.all("html")), Node("html"))
    language, direction = html.attrs.get("lang", ""), html.attrs.get("dir", "")
    if not language:
        yield "<html> says no lang"
    if direction != ("rtl" if language.split("-")[0] in RTL_LANGUAGES else "ltr"):
        yield f"<html lang={language!r}> has dir={direction!r}"
    titles = [title for title in page.all("title") if title.within("head")]
    if len(titles) != 1 or not titles[0].text:
        yield "a page has one <title> that says something"


def _one_h1(page: Page) -> Iterator[str]:
    first = page.all("h1")
    if len(first) != 1 or not first[0].text:
        yield f"a page has one <h1> that says something; here are {[h.text for h in first]}"


def _heading_order(page: Page) -> Iterator[str]:
    before = 0
    for heading in page.all(*HEADINGS):
        level = int(heading.tag[1])
        if before and level > before + 1:
            yield f"<{heading.tag}> {heading.text!r} comes right after <h{before}>"
        before = level


def _references_lead_somewhere(page: Page) -> Iterator[str]:
    ids = {node.attrs["id"] for node in page.walk() if "id" in node.attrs}
    for node in page.walk():
        for name in REFERENCES:
            missing = set(node.attrs.get(name, "").split()) - ids
            if missing:
                yield f"<{node.tag} {name}={node.attrs[name]!r}> names no element of the page"


def _ids_are_unique(page: Page) -> Iterator[str]:
    counts = Counter(node.attrs["id"] for node in page.walk() if "id" in node.attrs)
    for name, count in counts.items():
        if count > 1:
            yield f"id={name!r} occurs {count} times"


def _forms_are_safe(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        method = form.attrs.get("method", "get").lower()
        if "action" not in form.attrs and method != "dialog":
            yield "a <form> says no action"
        if method == "post" and not form.all("input", name="csrf_token"):
            yield f"<form action={form.attrs.get('action')!r}> posts without csrf_token"
        if method not in ("get", "post", "dialog"):
            yield f"<form method={method!r}> is sent as a GET by every browser"
        if form.within("form"):
            yield "a <form> inside a <form>"


def _controls_are_labelled(page: Page) -> Iterator[str]:
    labels = {label.attrs["for"] for label in page.all("label") if "for" in label.attrs and label.text}
    for control in page.all(*CONTROLS):
        if control.kind == "hidden" or control.kind in BUTTONS:
            continue
        label = control.within("label")
        named = control.attrs.get("aria-label") or control.attrs.get("aria-labelledby")
        if not (named or control.attrs.get("id") in labels or (label and label.text)):
            yield f"<{control.tag} name={control.attrs.get('name')!r}> has no label"


def _actions_have_names(page: Page) -> Iterator[str]:
    for node in page.all("a", "button", "summary"):
        if node.tag == "a" and "href" not in node.attrs:
            continue
        pictures = any(image.attrs.get("alt") for image in node.all("img"))
        pictures = pictures or any(drawing.attrs.get("aria-label") for drawing in node.all("svg"))
        if not (node.text or pictures or node.attrs.get("aria-label") or node.attrs.get("aria-labelledby")):
            yield f"<{node.tag} {node.attrs}> has no name to be read aloud"


def _images_have_alt(page: Page) -> Iterator[str]:
    for image in page.all("img"):
        if "alt" not in image.attrs:
            yield f"<img src={image.attrs.get('src')!r}> has no alt"


def _nothing_inline(page: Page) -> Iterator[str]:
    for node in page.walk():
        if node.tag == "style" or "style" in node.attrs:
            yield f"inline style in <{node.tag}>: the policy drops it"
        if node.tag == "script" and "src" not in node.attrs:
            yield "inline <script>: the policy drops it"
        for name in node.attrs:
            if name.startswith(("on", "hx-on")):
                yield f"<{node.tag} {name}=…>: the policy drops it"
        if node.attrs.get("href", "").lower().startswith("javascript:"):
            yield "a javascript: address"


def _tables_have_headers(page: Page) -> Iterator[str]:
    for table in page.all("table"):
        if table.all("td") and not table.all("th"):
            yield f"a <table> without <th>: {table.text[:60]!r}"


def _nothing_leaks(page: Page) -> Iterator[str]:
    for node in page.walk():
        if node.tag in ("script", "style", "code", "option"):
            continue
        for part in node.inside:
            if isinstance(part, str) and (part.strip() in LEAKS or "{{" in part or "<built-in" in part):
                yield f"<{node.tag}> shows {part.strip()!r}"


_WHOLE = (_document, _one_h1, _heading_order, _references_lead_somewhere)
_EVERYWHERE = (
    _ids_are_unique,
    _forms_are_safe,
    _controls_are_labelled,
    _actions_have_names,
    _images_have_alt,
    _nothing_inline,
    _tables_have_headers,
    _nothing_leaks,
)
