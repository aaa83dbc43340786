"""The OpenAPI document in the form in which a person reads it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
DEEPEST = 4

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Value:
    """A parameter or a field; one inside another is named with its path."""

    name: str
    kind: str
    needed: bool
    about: str


@dataclass(frozen=True)
class Call:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    parameters: list[Value] = field(default_factory=list)
    body: list[Value] = field(default_factory=list)
    answer: list[Value] = field(default_factory=list)
    status: str = ""


@dataclass(frozen=True)
class Group:
    """The calls of one kind of thing."""

    name: str
    about: str
    calls: list[Call]


def outline(document: Node) -> list[Group]:
    """The groups of the document with their calls, in its own order."""
    calls: dict[str, list[Call]] = {tag["name"]: [] for tag in document["tags"]}
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                calls[operation["tags"][0]].append(_call(document, method, path, operation, item))
    return [Group(tag["name"], tag["description"], calls[tag["name"]]) for tag in document["tags"]]


def _call(document: Node, method: str, path: str, operation: Node, item: Node) -> Call:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    status = next(code for code in operation["responses"] if code.startswith("2"))
    content = operation["responses"][status].get("content", {})
    answer = content.get("application/json", {}).get("schema")
    parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
    return Call(
        id=f"{method}{path}".replace("/", "-").replace("{", "").replace("}", ""),
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        parameters=[_parameter(document, one) for one in parameters],
        body=list(_values(document, body)) if body else [],
        answer=list(_values(document, answer)) if answer else [],
        status=status,
    )


def _parameter(document: Node, one: Node) -> Value:
    schema = _followed(document, one.get("schema", {}))
    return Value(one["name"], _kind(document, schema), one.get("required", False), one.get("description", ""))


def _values(document: Node, schema: Node, prefix: str = "", depth: int = 0) -> Iterator[Value]:
    """The fields of an object, those of the objects inside it below it."""
    schema = _inner(document, schema)
    needed = schema.get("required", ())
    for name, node in schema.get("properties", {}).items():
        about = str(node.get("description", ""))
        yield Value(prefix + name, _kind(document, node), name in needed, about)
        inner = _inner(document, node)
        if "properties" in inner and depth < DEEPEST:
            yield from _values(document, inner, f"{prefix}{name}.", depth + 1)


def _kind(document: Node, node: Node) -> str:
    """A type in a word or two: 'string', 'array of integer', 'self | operator'."""
    node = _followed(document, node)
    if "enum" in node:
        return " | ".join(str(value) for value in node["enum"])
    if "anyOf" in node:
        return " | ".join(_kind(document, one) for one in node["anyOf"])
    kinds = node.get("type", "object")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "array" in kinds:
        return " | ".join([f"array of {_kind(document, node['items'])}", *(k for k in kinds if k != "array")])
    return " | ".join(
        f"{kind} ({node['format']})" if kind == "string" and "format" in node else kind for kind in kinds
    )


def _inner(document: Node, node: Node) -> Node:
    """The object that a field holds: itself, one of its entries, or what it is when it is not null."""
    node = _followed(document, node)
    if "items" in node:
        return _inner(document, node["items"])
    for one in node.get("anyOf", ()):
        inner = _inner(document, one)
        if "properties" in inner:
            return inner
    return node


def _followed(document: Node, node: Node) -> Node:
    if "$ref" not in node:
        return node
    found: Any = document
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return dict(found)
