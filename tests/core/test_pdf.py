"""A document comes out of our hands without what acts by itself, and without what tells on people."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from app.core.errors import InvalidInput
from app.core.files import accept
from app.core.pdf import plain
from tests.pdf import document


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        plain(data)
    ((field, code),) = refused.value.errors
    assert field == "file"
    return code


def with_action(kind: str, **more: str) -> PdfWriter:
    """A document that does this when its page is opened."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    action = DictionaryObject({NameObject("/S"): NameObject(kind)})
    action.update({NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()})
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): writer._add_object(action)})
    return writer


def with_link(kind: str) -> PdfWriter:
    """A document with a link that does this."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_annotation(
        0,
        DictionaryObject(
            {
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/A"): DictionaryObject({NameObject("/S"): NameObject(kind)}),
            }
        ),
    )
    return writer


def with_script() -> PdfWriter:
    writer = PdfWriter()
    names = DictionaryObject({NameObject("/JavaScript"): DictionaryObject()})
    writer.root_object[NameObject("/Names")] = writer._add_object(names)
    return writer


def with_file() -> PdfWriter:
    writer = PdfWriter()
    writer.add_attachment("tool.exe", b"MZ")
    return writer


def opening_with_script() -> PdfWriter:
    writer = PdfWriter()
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    )
    return writer


@pytest.mark.parametrize(
    "make",
    [
        with_script,
        with_file,
        opening_with_script,
        lambda: with_action("/URI"),
        lambda: with_link("/Launch"),
        lambda: with_link("/SubmitForm"),
        lambda: with_link("/GoToE"),
    ],
)
def test_what_acts_or_carries_files_is_refused(make: Callable[[], PdfWriter]) -> None:
    assert refusal(document(make())) == "file-active"


@pytest.mark.parametrize("kind", ["/URI", "/GoTo", "/GoToR", "/Named"])
def test_plain_links_are_welcome(kind: str) -> None:
    assert plain(document(with_link(kind))).startswith(b"%PDF-")


@pytest.mark.parametrize("password", ["secret", ""])
def test_what_is_locked_is_refused_also_with_an_empty_password(password: str) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")

    assert refusal(document(writer)) == "file-encrypted"


def test_who_wrote_it_is_not_told() -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    for node in (writer.root_object, page):
        trace = StreamObject()
        trace.set_data(b"<rdf>Secret Person</rdf>")
        node[NameObject("/Metadata")] = writer._add_object(trace)
    kept = plain(document(writer, Author="Secret Person", Title="Secret Person"))

    found = PdfReader(BytesIO(kept))
    assert len(found.pages) == 1
    assert not found.metadata
    assert found.xmp_metadata is None
    assert b"Secret" not in kept


def test_what_is_on_the_pages_stays() -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 100)
    content = StreamObject()
    content.set_data(b"0 0 50 50 re f")
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.add_blank_page(300, 100)

    pages = PdfReader(BytesIO(plain(document(writer)))).pages
    assert [page.mediabox.width for page in pages] == [200, 300]
    contents = pages[0].get_contents()
    assert contents is not None
    assert b"0 0 50 50 re" in contents.get_data()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n%%EOF\n",
        b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF\n",
        document()[:200] + b"%%EOF",
        document().replace(b"/Pages", b"/Sages"),
        document().replace(b"/Kids", b"/Lids"),
    ],
)
def test_what_is_broken_is_no_document(data: bytes) -> None:
    assert refusal(data) == "file-unknown"


def test_a_signed_letter_stays_byte_for_byte_and_is_judged_like_any_other() -> None:
    letter = document(with_link("/URI"), Author="Rector")

    assert accept(letter, is_signed=True).data == letter
    assert accept(letter).data != letter
    with pytest.raises(InvalidInput):
        accept(document(with_script()), is_signed=True)
