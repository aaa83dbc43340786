"""The list of offers: whose, in which tab, found by what."""

from datetime import timedelta

import pytest
from flask import Flask

from app.donations.services.decide import decline_offer
from app.donations.services.offer import draft_offer
from app.extensions import db
from tests.cast import NOW, Cast
from tests.donations.making import a_line, agreed, arrived, in_service, offered, published_need
from tests.statements import statements
from tests.visitor import Visitor

RAMAN = "Raman spectrometer, 785 nm"


def names(client: Visitor, query: str = "") -> list[str]:
    return [bare(h.text) for h in client.page(f"/donations?{query}").all("h2")]


def bare(text: str) -> str:
    """Without the marks that isolate names of unknown direction."""
    return text.replace("\u2068", "").replace("\u2069", "")


def test_one_has_to_sign_in(client: Visitor, cast: Cast) -> None:
    offer = offered(cast)
    for path in ("/donations", f"/donations/{offer.id}"):
        assert client.get(path).status_code == 302


def test_a_donor_sees_the_own_offers_and_no_other(client: Visitor, cast: Cast) -> None:
    offered(cast, published_need(cast))
    offered(cast, actor=cast.rival, quantity=3)
    client.sign_in(cast.donor)
    page = client.page("/donations")
    assert names(client) == [RAMAN]
    assert "Offered" in page.text
    assert "Liaison answers by" in bare(page.text)
    assert "for A second Raman spectrometer" in page.text
    assert "To answer" not in page.text


def test_staff_find_what_is_to_be_done_in_tabs(client: Visitor, cast: Cast) -> None:
    need = published_need(cast, quantity=9)
    offered(cast, need)
    agreed(cast, need, quantity=2)
    given = agreed(cast, need, quantity=3)
    in_service(cast, given, *arrived(cast, given))
    gone = offered(cast, actor=cast.rival, quantity=4)
    decline_offer(actor=cast.liaison, offer_id=gone.id, reason="We have four.")
    draft_offer(actor=cast.rival, lines=[a_line(cast, quantity=5)])
    client.sign_in(cast.liaison)
    assert names(client) == names(client, "tab=answer") == [RAMAN]
    assert names(client, "tab=way") == [f"2 × {RAMAN}"]
    assert names(client, "tab=service") == [f"3 × {RAMAN}"]
    assert names(client, "tab=closed") == [f"4 × {RAMAN}"]
    assert len(names(client, "tab=all&sort=nonsense&page=99")) == 4


def test_what_is_overdue_says_so_in_a_word(client: Visitor, cast: Cast) -> None:
    offer = offered(cast)
    client.sign_in(cast.liaison)
    assert "Overdue" not in client.page("/donations").text
    offer.answer_by = NOW.date() - timedelta(days=1)
    db.session.commit()
    assert "Overdue. Liaison was to answer by" in bare(client.page("/donations").text)


def test_the_list_is_searched_by_words_donor_and_numbers(client: Visitor, cast: Cast) -> None:
    mine = agreed(cast, published_need(cast))
    offered(cast, actor=cast.rival, quantity=2)
    client.sign_in(cast.admin)
    for q in ("785", "mehr foundation", "مهر", mine.reference, "G-1405/7", "۷۸۵ raman mehr"):
        assert RAMAN in names(client, f"tab=all&q={q}"), q
    assert names(client, "tab=all&q=rival") == [f"2 × {RAMAN}"]
    assert names(client, "tab=all&q=lathe") == ["No gift found"]
    assert names(client, "tab=all&sort=donor") == [RAMAN, f"2 × {RAMAN}"]


def test_an_empty_list_says_what_to_do(app: Flask, client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.donor)
    assert "See what the labs lack" in client.page("/donations").text
    client = app.test_client()  # type: ignore[assignment]
    client.sign_in(cast.liaison)
    assert "Nothing waits for an answer" in client.page("/donations").text


def test_more_offers_ask_no_more_questions(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.liaison)

    def asked() -> int:
        with statements() as said:
            client.page("/donations?tab=all&q=raman")
        return len(said)

    need = published_need(cast, quantity=9)
    given = agreed(cast, need)
    in_service(cast, given, *arrived(cast, given))
    one = asked()
    for _ in range(3):
        arrived(cast, agreed(cast, need))
    offered(cast, need, actor=cast.rival)
    assert asked() == one


@pytest.mark.parametrize(
    ("who", "entry"),
    [("donor", "Gifts"), ("liaison", "Gifts 1"), ("technician", "Gifts"), ("booker", ""), ("safety", "")],
)
def test_the_menu_leads_there_whoever_has_something_there(
    client: Visitor, cast: Cast, who: str, entry: str
) -> None:
    offered(cast)
    client.sign_in(getattr(cast, who))
    nav = client.page("/").one("nav", class_="topnav")
    assert "".join(a.text for a in nav.all("a", href="/donations")) == entry


# ── One offer
