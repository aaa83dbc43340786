"""What of a file is kept, and what is no file for us."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.core.errors import InvalidInput
from app.core.files import MOST_BYTES, Files, accept
from tests.pdf import document


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 30), **options: object) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, "navy").save(target, kind, **options)
    return target.getvalue()


def located() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010E] = "secret comment"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif, comment=b"secret comment")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_known_by_its_content(kind: str) -> None:
    assert accept(picture(kind)).media_type == f"image/{kind.lower()}"


def test_where_a_photo_was_taken_is_gone_and_it_stands_upright() -> None:
    kept = accept(located())

    for data in (kept.data, kept.thumbnail or b""):
        shown = Image.open(BytesIO(data))
        assert not shown.getexif()
        assert b"secret" not in data
        assert shown.size == (30, 60)


def test_a_large_picture_is_made_smaller() -> None:
    kept = accept(picture(size=(3000, 300)))

    assert Image.open(BytesIO(kept.data)).size == (2000, 200)
    assert Image.open(BytesIO(kept.thumbnail or b"")).size == (480, 48)


def test_a_page_behind_a_picture_does_not_come_along() -> None:
    assert b"<script>" not in accept(picture() + b"<script>alert(1)</script>").data


def test_a_document_is_known_by_its_content() -> None:
    kept = accept(document())

    assert kept.data.startswith(b"%PDF-")
    assert (kept.media_type, kept.thumbnail) == ("application/pdf", None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture()[:60],
        picture("GIF"),
        b"%PDF-1.4 cut off",
    ],
)
def test_nothing_else_is_taken(data: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        accept(data)
    assert refused.value.errors == (("file", "file-unknown"),)


@pytest.mark.parametrize("edge", [7000, 14000])
def test_a_bomb_is_not_unfolded(edge: int) -> None:
    target = BytesIO()
    Image.new("1", (edge, edge)).save(target, "PNG")

    with pytest.raises(InvalidInput) as refused:
        accept(target.getvalue())
    assert refused.value.errors == (("file", "file-too-many-pixels"),)


def test_what_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(InvalidInput) as refused:
        accept(b"%PDF-" + bytes(MOST_BYTES))
    assert refused.value.errors == (("file", "file-too-large"),)


def test_only_names_that_were_handed_out_lead_to_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("no")
    files = Files(tmp_path / "kept")

    assert files.read(files.keep(b"yes")) == b"yes"
    assert files.read("../secret") is None
    assert files.older_than(timedelta(hours=1)) == set()
