"""A NUL in what is sent is an accident or a probe, and no reason for a mistake of ours."""

from flask import Flask

from app.accounts.rules.limits import SIGN_IN_PAIR
from tests.api.caller import token_of
from tests.cast import Cast
from tests.databases import both_databases
from tests.visitor import Visitor

SEARCHES = [
    "/admin/people?q={}",
    "/admin/organisations?q={}",
    "/admin/equipment?lab={0}&q={0}",
    "/bookings?q={0}&state={0}",
    "/equipment?q={0}",
    "/find?q={}",
    "/calendar?lab={0}&date={0}&view={0}",
    "/sign-in?next=/{}",
]
ADDRESSES = ["/equipment/{}", "/bookings/{}", "/labs/{}", "/calendars/{}.ics", "/reset/{}", "/{}"]


@both_databases
def test_no_search_stumbles_over_it(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    for address in SEARCHES:
        assert client.get(address.format("a%00b")).status_code in (200, 302, 404), address


@both_databases
def test_the_rest_of_the_words_is_looked_for(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    page = client.page("/admin/people?q=book%00er")
    assert cast.booker.email in page.text
    assert cast.rival.email not in page.text


@both_databases
def test_an_address_that_has_one_leads_nowhere(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.admin)
    bearer = {"Authorization": f"Bearer {token_of(cast.booker)}"}
    for address in ADDRESSES:
        assert client.get(address.format("a%00b")).status_code == 404, address
        api = client.get(f"/api/v1{address.format('a%00b')}", headers=bearer)
        assert (api.status_code, api.mimetype) == (404, "application/problem+json"), address


@both_databases
def test_the_api_stumbles_as_little(app: Flask, client: Visitor, cast: Cast) -> None:
    bearer = {"Authorization": f"Bearer {token_of(cast.booker)}"}
    for address in ("/equipment?q=%00", "/equipment?lab=%00", "/bookings?state=%00", "/labs?after=%00"):
        assert client.get(f"/api/v1{address}", headers=bearer).status_code in (200, 422), address


@both_databases
def test_a_guesser_who_sends_one_is_counted(app: Flask, client: Visitor, cast: Cast) -> None:
    typed = {"email": "\x00nobody\x00", "password": "wrong\x00"}
    answers = [client.post("/sign-in", data=typed).status_code for _ in range(SIGN_IN_PAIR.most + 1)]
    assert answers == [403] * SIGN_IN_PAIR.most + [429]
