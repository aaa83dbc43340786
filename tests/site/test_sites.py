"""Several sites: pages that were told none show the same one in every language, and count its own."""

from collections.abc import Callable

import pytest

from app.extensions import db
from app.inventory.models import Lab, Mode, Site
from tests.cast import Cast, add_equipment
from tests.visitor import Visitor

Save = Callable[..., None]


@pytest.fixture
def annex(cast: Cast, save: Save) -> Lab:
    """A lab of a second site, whose Persian name comes before all others and whose English one does too."""
    site = Site(slug="annex", name="Annex", organisation=cast.university, zone_name="Europe/Berlin")
    lab = Lab(slug="acoustics", site=site, name="Acoustics", name_fa="آکوستیک")
    db.session.add(lab)
    db.session.flush()
    add_equipment(lab, cast.soldering, "Anechoic chamber", "اتاق بی‌پژواک", [Mode.SELF])
    save()
    return lab


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_site_shown_is_the_first_whatever_its_labs_are_called(
    client: Visitor, cast: Cast, annex: Lab, language: str
) -> None:
    for address in ("/", "/calendar"):
        page = client.page(f"{address}?lang={language}")
        names = [node.text for node in page.all("div", class_="tl-name")]
        assert any("Raman" in name or "رامان" in name for name in names)
        assert not any("Anechoic" in name or "پژواک" in name for name in names)
    chamber = client.page(f"/calendar?lab={annex.slug}&lang={language}").one("div", class_="tl-name").text
    assert "Anechoic" in chamber or "پژواک" in chamber


def test_so_many_of_so_many_are_of_the_site_that_is_shown(client: Visitor, cast: Cast, annex: Lab) -> None:
    assert "4 of 4 instruments are free at this moment" in client.page("/").text
