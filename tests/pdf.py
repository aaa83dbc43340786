"""PDF documents for tests."""

from io import BytesIO

from pypdf import PdfWriter


def document(writer: PdfWriter | None = None, **told: str) -> bytes:
    """One empty page, or what the writer holds; keywords are metadata: Author="…"."""
    writer = writer or PdfWriter()
    if not writer.pages:
        writer.add_blank_page(200, 200)
    if told:
        writer.add_metadata({f"/{name}": value for name, value in told.items()})
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
