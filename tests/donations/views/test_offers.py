"""The pages of gifts, as donors, staff and strangers meet them."""

from datetime import timedelta
from io import BytesIO

from flask import Flask

from app.accounts.models import Membership, MembershipRole
from app.core import clock
from app.donations.jobs import lapse_offers
from app.donations.models import FileKind, Offer, OfferFile
from app.donations.queries.files import list_files
from app.donations.rules.states import AllocationState, OfferState
from app.donations.services.decide import accept_offer
from app.donations.services.offer import draft_offer
from app.extensions import db
from app.inventory.models import UnitStatus
from tests.cast import NOW, Cast
from tests.donations.making import a_line, agreed, arrived, offered, published_need
from tests.pdf import document
from tests.statements import statements
from tests.visitor import Visitor

RAMAN = "Raman spectrometer, 785 nm"


def bare(text: str) -> str:
    """Without the marks that isolate names of unknown direction."""
    return text.replace("\u2068", "").replace("\u2069", "")


def buttons(client: Visitor, offer: Offer) -> list[str]:
    page = client.page(f"/donations/{offer.id}").one("main")
    return [b.text for b in page.all("button")]


# ── The list


def test_another_company_is_told_nothing(client: Visitor, cast: Cast) -> None:
    offer = offered(cast)
    client.sign_in(cast.rival)
    client.page(f"/donations/{offer.id}", status=404)
    client.page(f"/donations/{offer.id}/withdraw", status=404)
    for verb in ("review", "accept", "decline", "agreement", "deliveries", "allocations", "withdraw"):
        assert client.post(f"/donations/{offer.id}/{verb}").status_code == 404, verb


def test_the_donor_follows_and_decides_nothing(client: Visitor, cast: Cast) -> None:
    offer = offered(cast, published_need(cast))
    client.sign_in(cast.donor)
    page = client.page(f"/donations/{offer.id}")
    assert "Liaison answers by" in bare(page.text)
    assert "1 reserved for A second Raman spectrometer" in page.text
    assert "What you do next" not in page.text
    assert [b.text for b in page.one("main").all("button")] == []
    for verb in ("review", "accept", "agreement", "deliveries", "allocations", "decline"):
        refused = client.post(f"/donations/{offer.id}/{verb}", data={"reason": "No"})
        assert refused.status_code == 403, verb
        assert "You belong to \u2068Mehr Foundation\u2069, which gives this." in refused.text
    assert offer.state is OfferState.SUBMITTED


def test_staff_of_the_giving_side_read_why_others_answer(client: Visitor, cast: Cast) -> None:
    offer = offered(cast)
    cast.liaison.memberships.append(
        Membership(organisation=cast.foundation, role=MembershipRole.MEMBER, created_at=NOW)
    )
    db.session.commit()
    client.sign_in(cast.liaison)
    page = client.page(f"/donations/{offer.id}")
    assert "which gives this. So others at the university answer" in page.text
    assert "Take it up" not in page.text
    assert client.post(f"/donations/{offer.id}/accept").status_code == 403


def test_the_donor_takes_it_back_after_a_question(client: Visitor, cast: Cast) -> None:
    offer = offered(cast)
    client.sign_in(cast.donor)
    client.submit(f"/donations/{offer.id}/withdraw", form="withdraw")
    assert offer.state is OfferState.WITHDRAWN
    again = client.post(f"/donations/{offer.id}/withdraw")
    assert again.status_code == 409
    assert "it has moved on since" in again.text
    client.page(f"/donations/{offer.id}/withdraw", status=409)


def test_a_draft_is_handed_in_by_its_donor(client: Visitor, cast: Cast) -> None:
    offer = draft_offer(actor=cast.donor, lines=[a_line(cast)])
    client.sign_in(cast.donor)
    client.submit(f"/donations/{offer.id}", form=f"/donations/{offer.id}/submit")
    assert offer.state is OfferState.SUBMITTED


def test_a_draft_that_is_past_its_day_says_what_to_do(client: Visitor, cast: Cast) -> None:
    until = (NOW + timedelta(days=1)).date()
    offer = draft_offer(actor=cast.donor, lines=[a_line(cast)], valid_until=until)
    with clock.frozen(NOW + timedelta(days=3)):
        client.sign_in(cast.donor)
        answer = client.submit(f"/donations/{offer.id}", form=f"/donations/{offer.id}/submit")
    assert (answer.status_code, offer.state) == (422, OfferState.DRAFT)
    assert "Make a new offer with a later day." in answer.text


def test_a_value_is_the_donor_s_word(client: Visitor, cast: Cast) -> None:
    line = a_line(cast, value_minor=1250050, currency="EUR", value_basis="donor_declared")
    offer = draft_offer(actor=cast.donor, lines=[line])
    client.sign_in(cast.donor)
    assert "12,500.50 euros, declared by the donor" in client.page(f"/donations/{offer.id}").text
    assert "۱۲٬۵۰۰٫۵۰ یورو" in client.page(f"/donations/{offer.id}?lang=fa").text


def test_photos_lead_to_the_large_ones(client: Visitor, cast: Cast) -> None:
    offer = offered(cast)
    photo = OfferFile(offer_id=offer.id, kind=FileKind.PHOTO, media_type="image/png", size=1, sha256="0")
    photo.file, photo.thumbnail, photo.created_at = "a" * 32, "b" * 32, NOW
    db.session.add(photo)
    db.session.commit()
    client.sign_in(cast.donor)
    image = client.page(f"/donations/{offer.id}").one("img", class_="photo")
    assert image.attrs["src"].endswith("b" * 32)
    assert image.attrs["alt"] == "Photo 1 of 1 of what is offered, larger"
    assert image.parent is not None
    assert image.parent.attrs["href"].endswith("a" * 32)


# ── The university's answer


def test_it_is_taken_up_accepted_and_signed(client: Visitor, cast: Cast) -> None:
    offer = offered(cast, published_need(cast))
    client.sign_in(cast.liaison)
    client.submit(f"/donations/{offer.id}", form="review")
    assert offer.state is OfferState.IN_REVIEW
    assert client.post(f"/donations/{offer.id}/review").status_code == 409
    client.submit(f"/donations/{offer.id}", form="accept")
    assert offer.state is OfferState.ACCEPTED
    fields = {"number": "G-9", "signed_on": "1405/09/01", "letter": (BytesIO(document()), "letter.pdf")}
    answer = client.submit(f"/donations/{offer.id}", fields, form="agree")
    assert answer.location == f"/donations/{offer.id}"
    assert offer.state is OfferState.AGREED
    (letter,) = list_files(offer.id)
    page = client.page(f"/donations/{offer.id}")
    assert "G-9" in page.text
    assert client.get(f"/donations/{offer.id}/files/{letter.file}").data.startswith(b"%PDF-")
    history = [step.text for step in page.all("b") if "\u2068Liaison\u2069" in step.text]
    assert [text.split(" ", 1)[1] for text in history][:3] == [
        "took it up",
        "accepted it",
        "recorded the agreement",
    ]


def test_a_letter_that_is_none_is_refused_and_what_was_typed_stays(client: Visitor, cast: Cast) -> None:
    offer = offered(cast)
    accept_offer(actor=cast.liaison, offer_id=offer.id)
    client.sign_in(cast.liaison)
    fields = {"number": "G-9", "signed_on": "2026-11-22", "letter": (BytesIO(b"MZ"), "letter.pdf")}
    answer = client.submit(f"/donations/{offer.id}", fields, form="agree")
    assert answer.status_code == 422
    assert "Only PDF documents" in answer.text
    assert 'value="G-9"' in answer.text
    late = {"number": "G-9", "signed_on": "2026-12-22"}
    answer = client.submit(f"/donations/{offer.id}", late, form="agree")
    assert "This day is still to come" in answer.text
    assert 'value="G-9"' in answer.text
    assert offer.state is OfferState.ACCEPTED


def test_declining_asks_for_a_reason_that_the_donor_reads(app: Flask, client: Visitor, cast: Cast) -> None:
    offer = offered(cast)
    client.sign_in(cast.manager)
    empty = client.submit(f"/donations/{offer.id}/decline", {"reason": " "}, form="decline")
    assert empty.status_code == 422
    client.submit(f"/donations/{offer.id}/decline", {"reason": "It needs more room."}, form="decline")
    assert offer.state is OfferState.DECLINED
    client.page(f"/donations/{offer.id}/decline", status=409)
    client = app.test_client()  # type: ignore[assignment]
    client.sign_in(cast.donor)
    assert "It needs more room." in client.page(f"/donations/{offer.id}").text


def test_the_manager_of_another_lab_reads_who_answers(client: Visitor, cast: Cast) -> None:
    offer = offered(cast, published_need(cast))
    client.sign_in(cast.other_manager)
    assert "The liaison office answers, or the manager" in client.page(f"/donations/{offer.id}").text
    refused = client.post(f"/donations/{offer.id}/accept")
    assert refused.status_code == 403
    assert "others do this" in refused.text
    client.page(f"/donations/{offer.id}/decline", status=403)


def test_too_much_is_said_beside_the_field_with_the_remedy(client: Visitor, cast: Cast) -> None:
    need, offer = published_need(cast, quantity=2), offered(cast, quantity=5)
    client.sign_in(cast.liaison)
    path = f"/donations/{offer.id}"
    answer = client.submit(path, {"need": str(need.id), "quantity": "۳"}, form="allocate")
    assert answer.status_code == 409
    assert "Only 2 more can be promised. Write that, or let the rest stand by." in answer.text
    client.submit(path, {"need": str(need.id), "quantity": "3", "standby": "y"}, form="allocate")
    rows = [(one.state, one.quantity) for one in offer.lines[0].allocations]
    assert rows == [(AllocationState.RESERVED, 2), (AllocationState.STANDBY, 1)]
    full = client.submit(path, {"need": str(need.id), "quantity": "1"}, form="allocate")
    assert "Everything is promised already." in full.text


# ── What arrives


def test_it_arrives_fails_passes_and_goes_into_service(app: Flask, client: Visitor, cast: Cast) -> None:
    offer = agreed(cast, published_need(cast), quantity=2)
    path, line = f"/donations/{offer.id}", offer.lines[0].id
    client.sign_in(cast.manager)
    much = client.submit(path, {f"received_{line}": "3"}, form="receive")
    assert much.status_code == 422
    assert "this is more than was offered" in much.text
    client.submit(path, {f"received_{line}": "1", f"refused_{line}": "1"}, form="receive")
    page = client.page(path)
    assert "1 whole, 1 sent back" in page.text
    assert "Inspect unit 1" in page.text
    form = next(f for f in page.all("form") if f.attrs.get("id", "").startswith("inspect-"))
    unit_id = form.attrs["id"].removeprefix("inspect-")
    note = {f"u{unit_id}-note": "No beam", "result": "fail"}
    client.submit(path, note, form=f"inspect-{unit_id}")
    client.submit(path, {"result": "pass"}, form=f"inspect-{unit_id}")
    page = client.page(path)
    assert "Failed" in page.text
    assert "No beam" in page.text
    assert page.one("select", id=f"u{unit_id}-place").all("option")[0].text.startswith("New equipment of")
    fields = {f"u{unit_id}-place": f"{cast.materials.id}-{cast.raman.id}"}
    empty = client.submit(path, fields | {f"u{unit_id}-responsible": ""}, form=f"commission-{unit_id}")
    assert empty.status_code == 422
    client.submit(path, fields, form=f"commission-{unit_id}")
    assert offer.state is OfferState.IN_SERVICE
    assert [unit.status for unit in cast.raman.units] == [UnitStatus.IN_SERVICE] * 2
    page = client.page(path)
    assert "It works as Raman spectrometer" in page.text
    assert "1 unit is still to come" in page.text
    assert page.one("main").all("a", href=f"{path}/impact")
    assert client.post(f"{path}/units/{unit_id}/commission").status_code == 409
    assert client.post(f"{path}/units/{unit_id}/inspect", data={"result": "pass"}).status_code == 409


def test_what_came_damaged_goes_nowhere(client: Visitor, cast: Cast) -> None:
    offer = agreed(cast, published_need(cast))
    client.sign_in(cast.manager)
    line = offer.lines[0].id
    fields = {f"received_{line}": "0", f"damaged_{line}": "1"}
    client.submit(f"/donations/{offer.id}", fields, form="receive")
    assert "All that came was damaged" in client.page(f"/donations/{offer.id}").text
    assert buttons(client, offer) == []


def test_nothing_arrives_before_the_agreement(client: Visitor, cast: Cast) -> None:
    offer = offered(cast)
    client.sign_in(cast.liaison)
    refused = client.post(f"/donations/{offer.id}/deliveries")
    assert refused.status_code == 409
    assert "Look at how it stands" in refused.text


def test_a_technician_inspects_and_puts_nothing_into_service(client: Visitor, cast: Cast) -> None:
    offer = agreed(cast, published_need(cast))
    (unit,) = arrived(cast, offer)
    client.sign_in(cast.technician)
    assert buttons(client, offer) == ["It has passed", "It failed, look again"]
    client.submit(f"/donations/{offer.id}", {"result": "pass"}, form=f"inspect-{unit.id}")
    assert "A manager of the lab in which it will work" in client.page(f"/donations/{offer.id}").text
    path = f"/donations/{offer.id}/units/{unit.id}"
    assert client.post(f"{path}/commission").status_code == 403
    assert client.post(f"{path}/inspect", data={"result": "splendid"}).status_code == 404


def test_a_unit_of_another_offer_is_not_found(client: Visitor, cast: Cast) -> None:
    mine, other = agreed(cast, published_need(cast)), agreed(cast, published_need(cast))
    (unit,) = arrived(cast, other)
    client.sign_in(cast.manager)
    for verb in ("inspect", "commission"):
        answer = client.post(f"/donations/{mine.id}/units/{unit.id}/{verb}", data={"result": "pass"})
        assert answer.status_code == 404, verb


def test_sent_twice_is_done_once(client: Visitor, cast: Cast) -> None:
    offer = agreed(cast, published_need(cast), quantity=2)
    client.sign_in(cast.manager)
    sent = {f"received_{offer.lines[0].id}": "1", "once": "k" * 22}
    for _ in range(2):
        assert client.post(f"/donations/{offer.id}/deliveries", data=sent).status_code == 302
    assert "1 whole" in client.page(f"/donations/{offer.id}").text


def test_more_units_ask_no_more_questions(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)

    def asked(offer: Offer) -> int:
        with statements() as said:
            client.page(f"/donations/{offer.id}")
        return len(said)

    need = published_need(cast, quantity=9)
    one, many = agreed(cast, need, quantity=2), agreed(cast, need, quantity=6)
    arrived(cast, one, 1)
    arrived(cast, many, 5)
    asked(one)
    assert asked(many) == asked(one)


def test_it_reads_in_persian(client: Visitor, cast: Cast) -> None:
    offer = agreed(cast, published_need(cast, title_fa="طیف‌سنج رامان دوم"))
    client.sign_in(cast.liaison)
    page = client.page(f"/donations/{offer.id}?lang=fa")
    assert "طیف‌سنج رامان دوم" in page.text
    assert "بنیاد مهر" in client.page("/donations?tab=all").text


def test_what_lapsed_after_it_was_accepted_shows_the_day_of_its_end(
    app: Flask, client: Visitor, cast: Cast
) -> None:
    offer = offered(cast)
    accept_offer(actor=cast.liaison, offer_id=offer.id)
    offer.valid_until = (NOW - timedelta(days=9)).date()
    db.session.commit()
    lapse_offers()

    client.sign_in(cast.donor)

    path = client.page(f"/donations/{offer.id}").all("ol", class_="prov")[0].text
    assert "Lapsed" in path
    assert "13 November 2026" in path
