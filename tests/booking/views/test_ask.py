"""The request page: looking, asking, being refused with a way out, and nothing typed ever lost."""

from collections.abc import Callable

import pytest

from app.booking.models import OccurrenceState
from tests.booking.making import ask
from tests.booking.views.asking import MONDAY_MORNING, PURPOSE, address, bookings, send, shown, values
from tests.cast import Cast
from tests.visitor import Visitor

FREE = {"en": "Free at this time.", "fa": "در این زمان آزاد است."}
COMING_BACK = {
    "purpose": PURPOSE,
    "people": "Sara Ahmadi, sara@example.com",
    "note": "We bring our own laser",
    "start": "10:00",
}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_anybody_may_look_whether_a_time_is_free(client: Visitor, cast: Cast, language: str) -> None:
    page = client.page(address(cast.raman, **MONDAY_MORNING, lang=language))
    assert FREE[language] in page.one("section", id="findings").text
    assert bookings() == []


def test_a_member_asks_and_reads_who_answers(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    answer = send(client, cast.raman, people="Sara Ahmadi, sara@example.com")
    (booking,) = bookings()
    assert answer.location == f"/bookings/{booking.reference}"
    assert [(p.name, p.email) for p in booking.people] == [("Sara Ahmadi", "sara@example.com")]
    assert booking.organisation == cast.arta
    page = client.page(answer.location)
    assert "Waiting for \u2068Materials characterisation\u2069; they answer until" in page.text


def test_a_day_may_be_typed_in_the_other_calendar_and_in_persian_digits(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    send(client, cast.raman, date="۱۴۰۵/۹/۲", start="۹:۰۰", end="۱۱:۰۰")
    (booking,) = bookings()
    assert booking.occurrences[0].starts_at.isoformat() == "2026-11-23T05:30:00+00:00"


def test_looking_again_asks_for_nothing(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    answer = send(client, cast.raman, do="check", purpose="")
    assert (answer.status_code, bookings()) == (200, [])
    assert shown(answer).one("section", id="findings")


def test_a_taken_time_is_refused_with_ways_out_and_all_that_was_typed(client: Visitor, cast: Cast) -> None:
    ask(cast.rival, cast.raman)
    client.sign_in(cast.booker)
    answer = send(client, cast.raman, **COMING_BACK)
    page = shown(answer)
    assert (answer.status_code, len(bookings())) == (409, 1)
    assert {name: values(page, "ask")[name] for name in COMING_BACK} == {
        k: [v] for k, v in COMING_BACK.items()
    }
    assert "This time is taken" in page.one("section", id="findings").text
    for secret in ("Rival", bookings()[0].reference):
        assert secret not in page.text

    another = next(button for button in page.all("button", name="instead"))
    sent = values(page, "ask") | {"instead": another.attrs["value"]}
    again = shown(client.post("/bookings/new", data=sent))
    assert FREE["en"] in again.one("section", id="findings").text
    assert values(again, "ask")["purpose"] == [PURPOSE]
    client.post("/bookings/new", data=values(again, "ask") | {"do": "ask"})
    assert len(bookings()) == 2


def test_a_rule_that_is_not_met_is_named_with_what_would_do(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    answer = send(client, cast.raman, start="03:00", end="05:00")
    findings = shown(answer).one("section", id="findings")
    assert (answer.status_code, bookings()) == (422, [])
    assert "Not possible like this" in findings.text
    assert shown(answer).all("button", name="instead")


def test_what_is_missing_is_said_at_its_field(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    answer = send(client, cast.raman, purpose=" ", end="25:00", note="We bring our own laser")
    page = shown(answer)
    assert (answer.status_code, bookings()) == (422, [])
    for name in ("purpose", "end"):
        assert page.one("input" if name == "end" else "textarea", id=name).attrs["aria-invalid"] == "true"
    assert values(page, "ask")["end"] == ["25:00"]
    assert values(page, "ask")["note"] == ["We bring our own laser"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-03-28", "The clocks go forward then: this time does not exist."),
        ("2027-10-31", "The clocks go back then: this time comes twice."),
    ],
    ids=["in spring", "in autumn"],
)
def test_a_time_the_clocks_jump_over_is_said_at_its_field(
    client: Visitor, cast: Cast, save: Callable[..., None], day: str, said: str
) -> None:
    cast.site.zone_name = "Europe/Berlin"
    save()
    client.sign_in(cast.booker)
    answer = send(client, cast.raman, date=day, start="02:30", end="05:00")
    page = shown(answer)
    assert (answer.status_code, bookings()) == (422, [])
    assert page.one("input", id="start").attrs["aria-invalid"] == "true"
    assert page.one("p", id="start-error").text == said


def test_a_second_click_asks_once(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    page = client.page(address(cast.stations, **MONDAY_MORNING))
    sent = values(page, "ask") | {"purpose": PURPOSE, "do": "ask"}
    first, second = (client.post("/bookings/new", data=sent) for _ in range(2))
    assert first.location == second.location == f"/bookings/{bookings()[0].reference}"
    assert len(bookings()) == 1


def test_a_form_of_another_site_does_nothing(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    page = client.page(address(cast.raman, **MONDAY_MORNING))
    sent = values(page, "ask") | {"purpose": PURPOSE, "do": "ask"}
    del sent["csrf_token"]
    answer = client.post("/bookings/new", data=sent, csrf=False)
    assert (answer.status_code, bookings()) == (403, [])


def test_several_things_are_asked_for_together(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    page = shown(send(client, cast.raman, do="add", also=str(cast.stations.id)))
    sent = values(page, "ask")
    assert sent["equipment"] == [str(cast.raman.id), str(cast.stations.id)]
    client.post("/bookings/new", data=sent | {"quantity": ["1", "۳"], "do": "ask"})
    (booking,) = bookings()
    assert [(i.equipment.name, i.quantity) for i in booking.occurrences[0].items] == [
        ("Raman spectrometer", 1),
        ("Soldering station", 3),
    ]


def test_one_of_several_can_be_left_out_again(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    page = client.page(address(cast.raman, cast.stations, **MONDAY_MORNING))
    sent = values(page, "ask") | {"quantity": ["1", "4"], "leave_out": str(cast.raman.id)}
    left = values(shown(client.post("/bookings/new", data=sent)), "ask")
    assert (left["equipment"], left["quantity"]) == ([str(cast.stations.id)], ["4"])


@pytest.mark.parametrize("many", ["0", "-1", "two", "1000000"])
def test_how_many_must_be_a_number(client: Visitor, cast: Cast, many: str) -> None:
    client.sign_in(cast.booker)
    answer = send(client, cast.stations, quantity=many)
    assert (answer.status_code, bookings()) == (422, [])
    assert values(shown(answer), "ask")["quantity"] == [many]


def test_more_than_there_are_is_refused(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    assert send(client, cast.stations, quantity="5").status_code in (409, 422)
    assert bookings() == []


def test_nobody_asks_in_the_name_of_another_company(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    page = client.page(address(cast.raman, **MONDAY_MORNING))
    sent = values(page, "ask") | {"purpose": PURPOSE, "do": "ask"}
    for more in ({"organisation": str(cast.rival_company.id)}, {"company": "Rival Coatings"}):
        client.post("/bookings/new", data=sent | more)
        assert {one.organisation_id for one in bookings()} <= {cast.arta.id}


def test_staff_ask_for_a_company_that_called(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    send(client, cast.raman, company="Zarin Steel")
    (booking,) = bookings()
    assert (booking.organisation.name, booking.occurrences[0].state) == (
        "Zarin Steel",
        OccurrenceState.APPROVED,
    )


def test_who_belongs_nowhere_is_told_what_to_do(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.loner)
    answer = send(client, cast.raman)
    assert (answer.status_code, bookings()) == (422, [])
    assert values(shown(answer), "ask")["purpose"] == [PURPOSE]


@pytest.mark.parametrize("query", ["equipment=999999", "equipment=1&equipment=999999"])
def test_unknown_equipment_is_not_found(client: Visitor, cast: Cast, query: str) -> None:
    client.page(f"/bookings/new?{query}", status=404)


@pytest.mark.parametrize("query", ["", "equipment=", "equipment=x", "equipment=-1"])
def test_without_equipment_one_is_shown_the_way(client: Visitor, cast: Cast, query: str) -> None:
    assert client.page(f"/bookings/new?{query}").all("a", href="/find")
