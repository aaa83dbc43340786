"""PDF documents that people hand in: written anew, without what acts by itself and what tells on people."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NullObject

from app.core.errors import InvalidInput

MOST_OBJECTS = 200_000
"""A manual of a thousand pages has a tenth of it."""
# ISO 32000-1, 12.6.4: what an action may do besides showing another place or leading to an address.
ACTIONS = {
    "/GoToE", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Rendition", "/RichMediaExecute",
    "/SubmitForm",
}  # fmt: skip
HOLDERS = {"/AA", "/EmbeddedFiles", "/EF", "/JS", "/JavaScript", "/RichMediaContent", "/XFA"}
"""Keys below which such actions, other files and other forms of a document lie."""
TRACES = ("/Metadata", "/PieceInfo", "/LastModified")
"""Who wrote it where and with what: it may stand on the document, a page, a picture."""


def plain(data: bytes) -> bytes:
    """The document without its metadata.

    Raises InvalidInput about `file` where it is broken or encrypted, and where it holds programs, forms
    that send, or other files: without those it would be another document than its author meant.
    """
    try:
        return _rewritten(PdfReader(BytesIO(data)))
    except InvalidInput:
        raise
    except Exception as error:  # a broken document breaks the reader in any way there is
        raise InvalidInput(("file", "file-unknown")) from error


def _rewritten(reader: PdfReader) -> bytes:
    if reader.is_encrypted:
        raise InvalidInput(("file", "file-encrypted"))
    if not reader.pages:
        raise InvalidInput(("file", "file-unknown"))
    for node in _dictionaries(reader.root_object):
        if (
            not HOLDERS.isdisjoint(node)
            or _name(node, "/S") in ACTIONS
            or _name(node, "/Type") == "/Filespec"
        ):
            raise InvalidInput(("file", "file-active"))
        for trace in TRACES:
            node.pop(NameObject(trace), None)
    writer = PdfWriter(clone_from=reader)  # what can be reached from the root, and nothing else
    writer.metadata = None
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _dictionaries(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every dictionary, and stream, that can be reached; what is taken out of one is not gone into."""
    seen: set[int] = set()
    waiting: list[Any] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                continue
            seen.add(node.idnum)
            waiting.append(node.get_object())
        elif isinstance(node, DictionaryObject):
            yield node
            waiting += list(node.values())
        elif isinstance(node, ArrayObject):
            waiting += list(node)
        if len(seen) > MOST_OBJECTS or len(waiting) > MOST_OBJECTS:
            raise InvalidInput(("file", "file-unknown"))


def _name(node: DictionaryObject, key: str) -> str:
    found = node.get(key, NullObject())
    return str(found.get_object() if isinstance(found, IndirectObject) else found)
