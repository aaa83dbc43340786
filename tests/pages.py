"""A fetched page as a small tree, so that tests can look at it as a person would."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
CONTROLS = frozenset({"input", "select", "textarea"})
BUTTONS = frozenset({"submit", "button", "reset", "image"})


@dataclass(eq=False)
class Node:
    """An element: its attributes, what is inside it, and what it is inside of."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Self | None = None
    inside: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is written inside, with single spaces."""
        parts = (part if isinstance(part, str) else part.text for part in self.inside)
        return " ".join("".join(parts).split())

    def walk(self) -> Iterator["Node"]:
        """Every element inside, in order."""
        for part in self.inside:
            if isinstance(part, Node):
                yield part
                yield from part.walk()

    def all(self, *tags: str, **attrs: str) -> list["Node"]:
        """The elements inside with one of these tags and these attributes (`class_` for one class)."""
        return [node for node in self.walk() if (not tags or node.tag in tags) and node.has(**attrs)]

    def one(self, *tags: str, **attrs: str) -> "Node":
        """The only such element inside."""
        found = self.all(*tags, **attrs)
        assert len(found) == 1, f"{len(found)} elements {tags} {attrs} in:\n{self.text[:2000]}"
        return found[0]

    def has(self, class_: str | None = None, **attrs: str) -> bool:
        if class_ is not None and class_ not in self.attrs.get("class", "").split():
            return False
        return all(self.attrs.get(name.replace("_", "-")) == value for name, value in attrs.items())

    def within(self, *tags: str) -> Self | None:
        """The nearest element with one of these tags that this one is inside of."""
        node = self.parent
        while node is not None and node.tag not in tags:
            node = node.parent
        return node

    @property
    def kind(self) -> str:
        """The type of an input, 'select' or 'textarea'."""
        return self.attrs.get("type", "text").lower() if self.tag == "input" else self.tag


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Node("#document")
        self.doctype = ""
        self.mistakes: list[str] = []

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = self._add(tag, attrs)
        if tag not in VOID:
            self.open = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag != self.open.tag:
            self.mistakes.append(f"</{tag}> closes <{self.open.tag}> (line {self.getpos()[0]})")
        if tag == self.open.tag or self.open.within(tag):
            while self.open.tag != tag:
                self.open = self.open.parent
            self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.inside.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Node:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.mistakes.append(f"<{tag}> says an attribute twice (line {self.getpos()[0]})")
        node = Node(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.inside.append(node)
        return node


class Page(Node):
    """A whole page, or a fragment of one."""

    def __init__(self, html: str) -> None:
        builder = _Builder()
        builder.feed(html)
        builder.close()
        super().__init__("#document", inside=builder.root.inside)
        self.doctype = builder.doctype
        self.mistakes = builder.mistakes
        if builder.open is not builder.root:
            self.mistakes.append(f"<{builder.open.tag}> is never closed")

    def form(self, name: str | None = None) -> Node:
        """The form with this id or action; without a name the only one that posts."""
        forms = self.all("form")
        if name is None:
            forms = [form for form in forms if form.attrs.get("method", "").lower() == "post"]
        else:
            forms = [form for form in forms if name in (form.attrs.get("id"), form.attrs.get("action"))]
        assert len(forms) == 1, f"{len(forms)} forms {name or 'that post'} on the page {self.text[:500]!r}"
        return forms[0]

    def controls(self, form: Node) -> list[Node]:
        """The fields of the form, those that name it by form= included."""
        own = form.attrs.get("id")
        return [
            control
            for control in self.all(*CONTROLS)
            if control.within("form") is form or (own and control.attrs.get("form") == own)
        ]

    def typed(self, form: Node) -> dict[str, list[str]]:
        """What a browser would send if nobody touched the form (without its buttons)."""
        sent: dict[str, list[str]] = {}
        for control in self.controls(form):
            name = control.attrs.get("name")
            if name and "disabled" not in control.attrs:
                sent.setdefault(name, []).extend(_values(control))
        return sent


def _values(control: Node) -> list[str]:
    if control.kind in BUTTONS or control.kind == "file":
        return []
    if control.kind in ("checkbox", "radio"):
        return [control.attrs.get("value", "on")] if "checked" in control.attrs else []
    if control.tag == "textarea":
        return ["".join(part for part in control.inside if isinstance(part, str)).removeprefix("\n")]
    if control.tag == "select":
        return _chosen(control)
    return [control.attrs.get("value", "")]


def _chosen(select: Node) -> list[str]:
    options = select.all("option")
    chosen = [option for option in options if "selected" in option.attrs]
    if not chosen and "multiple" not in select.attrs:
        chosen = options[:1]
    return [option.attrs.get("value", option.text) for option in chosen]
