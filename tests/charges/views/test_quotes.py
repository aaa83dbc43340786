"""Money on the pages of bookings."""

import io

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import update

from app.booking.models import Booking, Occurrence, OccurrenceState
from app.booking.services.cancel import cancel_booking
from app.booking.services.move import move_booking
from app.charges.services.settle import mark_paid, set_purchase_order
from app.extensions import db
from tests.booking.making import ask, weekly
from tests.cast import Cast
from tests.charges.making import ask_prices, charge, quotes_of
from tests.occupancy.making import span
from tests.visitor import Visitor

ASKING = "/bookings/new?equipment={id}&date=2026-11-23&start=09:00&end=11:00"


@pytest.fixture(autouse=True)
def prices(cast: Cast) -> None:
    charge(cast)
    ask_prices(cast)


def paper(client: Visitor, path: str) -> str:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("name", ["nobody", "booker", "manager"])
def test_who_asks_reads_the_price_before(client: Visitor, cast: Cast, name: str) -> None:
    if name != "nobody":
        client.sign_in(getattr(cast, name))

    text = client.page(ASKING.format(id=cast.raman.id)).text

    assert "What it would cost" in text
    assert "IRR 3,000,000" in text


def test_a_series_is_foretold_as_a_whole(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)

    text = client.page(ASKING.format(id=cast.raman.id) + "&repeat=weekly&times=3").text

    assert "For 3 dates together" in text
    assert "IRR 9,000,000" in text


def test_without_prices_nothing_is_said(client: Visitor, cast: Cast) -> None:
    assert "cost" not in client.page(ASKING.format(id=cast.oscilloscope.id)).text.lower()
    charge(cast, on=False)
    assert "cost" not in client.page(ASKING.format(id=cast.raman.id)).text.lower()


@pytest.mark.parametrize(
    ("name", "does"),
    [("booker", {"order"}), ("boss", {"order"}), ("manager", set()), ("liaison", {"order", "paid"}),
     ("admin", {"order", "paid"})],
)  # fmt: skip
def test_both_sides_read_the_quote(client: Visitor, cast: Cast, name: str, does: set[str]) -> None:
    reference = ask(cast.booker, cast.raman).reference
    client.sign_in(getattr(cast, name))

    page = client.page(f"/bookings/{reference}")

    assert f"{reference}/1" in page.text
    assert "2 h × \u2068IRR 1,500,000\u2069 an hour" in page.text
    assert ("Save the number" in page.text) == ("order" in does)
    assert ("Mark as paid" in page.text) == ("paid" in does)


def test_a_company_gives_its_number_and_the_office_marks_it_paid(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    path = f"/bookings/{booking.reference}"
    client.sign_in(cast.booker)
    client.submit(path, {"purchase_order": "4500-17"}, form=f"{path}/purchase-order")
    client.sign_in(cast.liaison)

    client.post(f"{path}/paid", data={"number": "1", "do": "paid"})

    (quote,) = quotes_of(booking)
    assert (quote.purchase_order, quote.paid_by_id) == ("4500-17", cast.liaison.id)
    assert "It was not paid after all" in client.page(path).text


def test_a_company_does_not_mark_it_paid(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    client.sign_in(cast.booker)

    answer = client.post(f"/bookings/{booking.reference}/paid", data={"number": "1", "do": "paid"})

    assert answer.status_code == 403
    assert quotes_of(booking)[0].paid_at is None


def test_what_was_replaced_meanwhile_is_not_marked(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    move_booking(actor=cast.booker, reference=booking.reference, span=span(3, 3))
    client.sign_in(cast.liaison)

    client.post(f"/bookings/{booking.reference}/paid", data={"number": "1", "do": "paid"})

    page = client.page(f"/bookings/{booking.reference}")
    assert "Another quote has taken its place" in page.text
    assert "Earlier quotes" in page.text
    assert all(quote.paid_at is None for quote in quotes_of(booking))


@pytest.mark.parametrize("name", ["rival", "other_manager", "loner", "student"])
def test_for_others_there_is_nothing(client: Visitor, cast: Cast, name: str) -> None:
    reference = ask(cast.booker, cast.raman).reference
    client.sign_in(getattr(cast, name))

    assert client.get(f"/bookings/{reference}/pro-forma.pdf").status_code == 404
    for verb in ("paid", "purchase-order"):
        assert client.post(f"/bookings/{reference}/{verb}", data={"number": "1"}).status_code == 404


def test_the_pro_forma_says_all_of_it(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, recurrence=weekly(2))
    set_purchase_order(actor=cast.booker, reference=booking.reference, number=1, purchase_order="PO 17")
    client.sign_in(cast.booker)

    text = paper(client, f"/bookings/{booking.reference}/pro-forma.pdf")

    for said in ("Sabalan University of Technology", "Materials characterisation", "Pro-forma invoice",
                 f"{booking.reference}/1", "Arta Polymer", "PO 17", "2026-11-23", "2026-11-30",
                 "Raman spectrometer", "2 h × IRR 1,500,000 an hour", "IRR 6,000,000"):  # fmt: skip
        assert said in text.replace("\xa0", " "), said


def test_the_pro_forma_of_a_long_series_has_further_pages_in_either_language(
    client: Visitor, cast: Cast
) -> None:
    booking = ask(cast.manager, cast.raman, recurrence=weekly(30), organisation_id=cast.arta.id,
                  override="Agreed with the dean")  # fmt: skip
    client.sign_in(cast.booker)

    for language in ("en", "fa"):
        answer = client.get(f"/bookings/{booking.reference}/pro-forma.pdf?lang={language}")
        assert len(PdfReader(io.BytesIO(answer.data)).pages) > 1


def test_nothing_is_to_be_paid_of_what_was_called_off(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman)
    cancel_booking(actor=cast.booker, reference=booking.reference)
    client.sign_in(cast.booker)

    assert "What it costs" not in client.page(f"/bookings/{booking.reference}").text
    assert client.get(f"/bookings/{booking.reference}/pro-forma.pdf").status_code == 404


def came_of(booking: Booking, state: OccurrenceState, **more: object) -> None:
    db.session.execute(
        update(Occurrence).where(Occurrence.booking_id == booking.id).values(state=state, **more)
    )
    db.session.commit()


@pytest.fixture
def month(cast: Cast) -> dict[str, Booking]:
    """What became of bookings in November 2026, Arta's and another company's."""
    made = {
        "used": ask(cast.booker, cast.raman),
        "missed": ask(cast.booker, (cast.stations, 2), start=2, length=1),
        "late": ask(cast.boss, cast.raman, start=3, length=1),
        "ahead": ask(cast.booker, cast.raman, start=5, length=1),
        "rivals": ask(cast.rival, cast.stations, start=0, length=1),
    }
    mark_paid(actor=cast.liaison, reference=made["used"].reference, number=1)
    came_of(made["used"], OccurrenceState.COMPLETED, holds=False)
    came_of(made["missed"], OccurrenceState.NO_SHOW, holds=False)
    came_of(made["late"], OccurrenceState.CANCELLED, is_late_cancel=True, holds=False)
    came_of(made["rivals"], OccurrenceState.COMPLETED, holds=False)
    return made


def test_a_statement_names_what_was_used_and_what_was_held_in_vain(
    client: Visitor, cast: Cast, month: dict[str, Booking]
) -> None:
    client.sign_in(cast.booker)

    text = client.page("/statements?month=2026-11").text.replace("\xa0", " ")

    for name, words in (("used", "Used"), ("missed", "Nobody came"), ("late", "Called off late")):
        assert month[name].reference in text
        assert words in text
    for name in ("ahead", "rivals"):
        assert month[name].reference not in text
    # 2 h used and paid; 2 units for an hour and one hour held in vain.
    assert "IRR 3,000,000IRR 4,500,000IRR 7,500,000IRR 3,000,000IRR 4,500,000" in text


def test_a_statement_of_a_jalali_month(client: Visitor, cast: Cast, month: dict[str, Booking]) -> None:
    client.sign_in(cast.booker)

    assert month["used"].reference in client.page("/statements?lang=fa").text
    assert month["used"].reference in client.page("/statements?month=1405-09").text
    assert month["used"].reference not in client.page("/statements?month=1405-08").text


def test_a_statement_as_a_table_and_on_paper(client: Visitor, cast: Cast, month: dict[str, Booking]) -> None:
    used = month["used"]
    set_purchase_order(actor=cast.boss, reference=used.reference, number=1, purchase_order="=1+1")
    client.sign_in(cast.boss)

    answer = client.get("/statements/file/xlsx?month=2026-11")
    rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows())
    text = paper(client, "/statements/file/pdf?month=2026-11").replace("\xa0", " ")

    line = next(row for row in rows if row[2].value == used.reference)
    assert [cell.value for cell in line[4:12]][:6] == [
        "Raman spectrometer", 1, "Used", 3_000_000, "IRR", f"{used.reference}/1"
    ]  # fmt: skip
    assert (line[10].value, line[10].data_type) == ("=1+1", "s")
    assert "Arta Polymer" in text
    assert "IRR 7,500,000" in text
    assert month["rivals"].reference not in text


def test_a_company_reads_its_own_statement_alone(
    client: Visitor, cast: Cast, month: dict[str, Booking]
) -> None:
    for name in ("rival", "manager", "loner"):
        client.sign_in(getattr(cast, name))
        for path in ("/statements", "/statements/file/pdf", "/statements/file/xlsx"):
            assert client.get(f"{path}?organisation={cast.arta.id}").status_code == 404


def test_the_office_reads_every_statement(client: Visitor, cast: Cast, month: dict[str, Booking]) -> None:
    client.sign_in(cast.liaison)

    whose = client.page("/statements?month=2026-11").text

    assert "Arta Polymer" in whose
    assert "Rival Coatings" in whose
    assert "Newcomer" not in whose
    assert (
        month["used"].reference in client.page(f"/statements?month=2026-11&organisation={cast.arta.id}").text
    )


def test_switched_off_nothing_of_it_is_there(client: Visitor, cast: Cast, month: dict[str, Booking]) -> None:
    charge(cast, on=False)
    path = f"/bookings/{month['ahead'].reference}"
    client.sign_in(cast.booker)

    page = client.page(path)

    assert "What it costs" not in page.text
    assert "Statements" not in page.text
    for gone in (f"{path}/pro-forma.pdf", "/statements", "/statements/file/pdf"):
        assert client.get(gone).status_code == 404
    client.sign_in(cast.admin)
    assert client.get("/admin/prices").status_code == 404
    assert "Prices" not in client.page("/admin").text
