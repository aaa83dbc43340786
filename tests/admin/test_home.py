"""From the first page of the administration one comes to all of it."""

from flask import Flask

from tests.cast import Cast
from tests.charges.making import charge
from tests.visitor import Visitor


def pages(app: Flask) -> set[str]:
    """Every page of the administration whose address needs nothing to be known."""
    return {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/admin/") and "GET" in (rule.methods or ()) and not rule.arguments
    }


def links_on(client: Visitor, *addresses: str) -> set[str]:
    links = (link for address in addresses for link in client.page(address).one("main").all("a"))
    return {str(link.attrs["href"]).partition("?")[0] for link in links}


def test_every_page_is_linked_from_the_first_or_from_one_above_it(
    app: Flask, client: Visitor, cast: Cast
) -> None:
    charge(cast)
    client.sign_in(cast.admin)

    first = links_on(client, "/admin")
    forms = {page for page in pages(app) if page.endswith("/new")}
    assert pages(app) - forms - first == set()
    assert forms - links_on(client, *(form.removesuffix("/new") for form in forms)) == set()
