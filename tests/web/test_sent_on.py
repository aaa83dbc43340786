"""What a messenger shows when somebody sends a page to somebody."""

from urllib.parse import urlsplit

from tests.cast import Cast
from tests.visitor import Visitor


def test_a_page_that_is_sent_on_has_a_title_and_a_picture_from_outside(client: Visitor, cast: Cast) -> None:
    page = client.page(f"/equipment/{cast.raman.id}")
    said = {
        one.attrs["property"]: one.attrs["content"] for one in page.all("meta") if "property" in one.attrs
    }
    assert said["og:title"] == cast.raman.name
    picture = urlsplit(said["og:image"])
    assert f"{picture.scheme}://{picture.netloc}" == client.application.config["PUBLIC_URL"]
    with client.get(picture.path) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
