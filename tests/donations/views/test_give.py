"""Offering on the page: signed in, new, without an account, and what is refused."""

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Organisation, User
from app.donations.jobs import forget_guest_offers, sweep_offered_files
from app.donations.models import GuestOffer, Offer, OfferFile
from app.donations.queries.files import list_files
from app.donations.rules.states import AllocationState, OfferState, ValueBasis
from app.donations.services.decide import accept_offer
from app.extensions import db
from app.needs.models import NeedState
from app.notifications.models import Mail
from tests.cast import Cast
from tests.core.test_files import located
from tests.donations.making import published_need
from tests.pages import Page
from tests.pdf import document
from tests.visitor import Visitor

WHAT = {"description": "Raman spectrometer, 785 nm", "condition": "good"}
GUEST = {"organisation": "Pars Optics", "name": "Sara Karimi", "email": "Sara@Pars.example"}


def offers() -> list[Offer]:
    return list(db.session.scalars(select(Offer).order_by(Offer.id)))


def photo(name: str = "front.jpg", data: bytes | None = None) -> tuple[BytesIO, str]:
    return BytesIO(located() if data is None else data), name


def filled(cast: Cast, **more: Any) -> dict[str, Any]:
    return WHAT | {"category": str(cast.raman_category.id), "quantity": "1"} | more


def link() -> str:
    """The path of the link in the last mail."""
    mail = db.session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert mail is not None
    address = next(word for word in mail.text.split() if "/donate/confirm/" in word)
    return address[address.index("/donate/") :]


def test_a_donor_offers_for_a_need_with_photos(client: Visitor, cast: Cast) -> None:
    need = published_need(cast)
    other = published_need(cast, title="Something else")
    client.sign_in(cast.donor)
    page = client.page(f"/needs/{need.id}")
    assert page.one("a", href=f"/donate?need={need.id}")

    answer = client.submit(
        f"/donate?need={need.id}",
        {**WHAT, "message": "From 2019, laser replaced.", "value": "12,500", "currency": "EUR"}
        | {"photos": [photo(), photo("plate.jpg")]},
        form="give",
    )

    (offer,) = offers()
    assert answer.location == f"/donations/{offer.id}"
    assert (offer.state, offer.organisation_id) == (OfferState.SUBMITTED, cast.foundation.id)
    (line,) = offer.lines
    assert (line.value_minor, line.currency, line.value_basis) == (
        1_250_000,
        "EUR",
        ValueBasis.DONOR_DECLARED,
    )
    assert [(one.need_id, one.state) for one in line.allocations] == [(need.id, AllocationState.RESERVED)]
    assert other.id not in {one.need_id for one in line.allocations}
    assert len(list_files(offer.id)) == 2


def test_sent_twice_it_is_one_offer(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.donor)
    fields = filled(cast, once="the-same-key", organisation=str(cast.foundation.id), currency="IRR")

    first, second = (client.post("/donate", data=fields) for _ in range(2))

    assert first.location == second.location
    assert len(offers()) == 1


def test_photos_are_for_the_donor_and_the_staff_and_hold_no_place(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.donor)
    client.submit("/donate", filled(cast, photos=[photo()]), form="give")
    (offer,) = offers()
    (kept,) = list_files(offer.id)
    address = f"/donations/{offer.id}/files/{kept.file}"

    answer = client.get(address)
    assert answer.content_type == "image/jpeg"
    assert b"Exif" not in answer.data
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"

    for user, status in ((cast.liaison, 200), (cast.rival, 404), (cast.student, 404)):
        stranger = client.application.test_client()
        assert isinstance(stranger, Visitor)
        stranger.sign_in(user)
        assert stranger.get(address).status_code == status
    assert client.application.test_client().get(address).status_code in (302, 303)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"description": " "}, "This is needed."),
        ({"quantity": "0"}, "Write how many as a whole number from 1."),
        ({"quantity": "201"}, "Write how many as a whole number from 1."),
        ({"category": ""}, "This is needed."),
        ({"value": "much"}, "Write an amount of money"),
        ({"valid_until": "2020-01-01"}, "This day is over."),
        ({"photos": [photo("x.jpg", b"<html>")]}, "One of the files is no photo"),
        ({"photos": [photo("x.pdf", document())]}, "One of the files is no photo"),
        ({"photos": [photo() for _ in range(7)]}, "At most 6 photos."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: Visitor, cast: Cast, fields: dict[str, Any], said: str
) -> None:
    client.sign_in(cast.donor)

    answer = client.submit("/donate", filled(cast, message="Keep this", **fields) | fields, form="give")

    assert answer.status_code == 422
    assert said in Page(answer.text).text
    assert "Keep this" in answer.text
    assert offers() == []


def test_a_need_that_is_no_longer_published_is_not_offered_for(client: Visitor, cast: Cast) -> None:
    need = published_need(cast)
    client.sign_in(cast.donor)
    need.state, need.published_at = NeedState.PROPOSED, None
    db.session.commit()

    assert not client.page(f"/donate?need={need.id}").all("h3")


def test_somebody_who_belongs_to_nobody_registers_the_organisation_with_it(
    client: Visitor, cast: Cast
) -> None:
    client.sign_in(cast.loner)

    client.submit("/donate", filled(cast, organisation="Pars Optics"), form="give")

    (offer,) = offers()
    assert (offer.offered_by.id, offer.organisation.name) == (cast.loner.id, "Pars Optics")


def test_staff_is_told_that_donors_offer(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)

    assert "You act for the university" in client.page("/donate").text
    assert client.post("/donate", data=filled(cast)).status_code == 403


def test_without_an_account_the_mail_makes_it_an_offer(client: Visitor, cast: Cast) -> None:
    need = published_need(cast)

    answer = client.submit(f"/donate?need={need.id}", WHAT | GUEST | {"photos": [photo()]}, form="give")
    assert answer.location == "/donate/mail-sent"
    assert offers() == []
    address = link()

    page = client.page(address)
    assert "Raman spectrometer, 785 nm" in page.text
    assert offers() == [], "looking confirms nothing"
    client.submit(address, form="confirm")

    (offer,) = offers()
    donor = offer.offered_by
    assert (donor.email, donor.name, donor.password_hash) == ("sara@pars.example", "Sara Karimi", None)
    assert donor.is_active
    assert (offer.organisation.name, offer.organisation.is_verified) == ("Pars Optics", False)
    assert offer.state is OfferState.SUBMITTED
    assert [one.need_id for one in offer.lines[0].allocations] == [need.id]
    assert len(list_files(offer.id)) == 1
    assert cast.liaison.name in client.page(address).text


def test_the_link_goes_on_showing_how_far_things_are(client: Visitor, cast: Cast) -> None:
    client.submit("/donate", filled(cast, **GUEST), form="give")
    address = link()
    client.submit(address, form="confirm")
    (offer,) = offers()

    accept_offer(actor=cast.liaison, offer_id=offer.id)

    assert "An agreement comes next." in client.page(address).text
    assert client.post(address).status_code == 404
    assert len(offers()) == 1


def test_a_known_address_gets_the_same_answer_and_confirms_signed_in(client: Visitor, cast: Cast) -> None:
    answer = client.submit("/donate", filled(cast, **GUEST | {"email": cast.donor.email}), form="give")
    assert answer.location == "/donate/mail-sent"
    address = link()

    assert "This address has an account." in client.page(address).text
    assert client.post(address).status_code == 403
    client.sign_in(cast.rival)
    assert client.post(address).status_code == 403
    assert offers() == []

    owner = client.application.test_client()
    assert isinstance(owner, Visitor)
    owner.sign_in(cast.donor)
    owner.submit(address, form="confirm")
    (offer,) = offers()
    assert (offer.offered_by.id, offer.organisation_id) == (cast.donor.id, cast.foundation.id)
    assert db.session.scalar(select(Organisation).where(Organisation.name == "Pars Optics")) is None


def test_mail_to_an_unproved_address_repeats_nothing_that_was_typed(client: Visitor, cast: Cast) -> None:
    client.submit("/donate", filled(cast, **GUEST, message="Buy my pills"), form="give")

    mail = db.session.scalars(select(Mail)).one()
    for typed in ("Raman", "pills", "Pars", "Sara"):
        assert typed not in mail.text + mail.subject
    assert mail.address == "sara@pars.example"


def test_one_address_gets_few_mails_an_hour(client: Visitor, cast: Cast) -> None:
    answers = [client.submit("/donate", filled(cast, **GUEST), form="give") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [302] * 4 + [429]
    assert "That was tried too often." in answers[-1].text


@pytest.mark.parametrize(("field", "typed"), [("email", "sara"), ("name", ""), ("organisation", "\u200f")])
def test_who_offers_has_to_be_said(client: Visitor, cast: Cast, field: str, typed: str) -> None:
    answer = client.submit("/donate", filled(cast, **GUEST | {field: typed}), form="give")

    assert answer.status_code == 422
    assert db.session.scalars(select(GuestOffer)).all() == []


def test_a_link_that_is_too_old_or_never_was_does_nothing(client: Visitor, cast: Cast) -> None:
    client.submit("/donate", filled(cast, **GUEST, photos=[photo()]), form="give")
    address = link()
    guest = db.session.scalars(select(GuestOffer)).one()
    guest.expires_at = guest.created_at
    db.session.commit()

    assert client.get(address).status_code == 404
    assert client.get("/donate/confirm/" + "x" * 43).status_code == 404
    assert forget_guest_offers() == 1
    assert db.session.scalars(select(OfferFile)).all() == []
    assert db.session.scalar(select(User).where(User.email == "sara@pars.example")) is None
    assert sweep_offered_files() == 0, "not before an hour has passed"


def test_what_was_confirmed_is_not_forgotten(client: Visitor, cast: Cast) -> None:
    client.submit("/donate", filled(cast, **GUEST), form="give")
    address = link()
    client.submit(address, form="confirm")
    guest = db.session.scalars(select(GuestOffer)).one()
    guest.expires_at = guest.created_at
    db.session.commit()

    assert forget_guest_offers() == 0
    assert client.get(address).status_code == 200


def test_a_guest_reads_all_of_it_in_persian(client: Visitor, cast: Cast) -> None:
    need = published_need(cast, title_fa="طیف‌سنج رامان دوم")
    client.submit(f"/donate?need={need.id}&lang=fa", WHAT | GUEST, form="give")
    address = link()
    assert "پیشنهاد" in client.page(f"{address}?lang=fa").one("h1").text

    client.submit(address, form="confirm")

    text = client.page(address).one("main").text
    assert offers()[0].reference in text
    assert cast.liaison.name in text
