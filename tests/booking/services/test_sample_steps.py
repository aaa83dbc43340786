"""What becomes of samples: who says it, in which order, and who hears of it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from app.booking import jobs
from app.booking.services.cancel import cancel_booking
from app.booking.services.decide import approve_booking
from app.booking.services.sample_steps import add_result, receive_samples, return_samples
from app.booking.uploads import result_files
from app.cli.doctor import findings
from app.core import clock
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.files import accept
from app.inventory.models import Mode
from tests.booking.making import ask
from tests.booking.notices.test_news import mails
from tests.booking.services.test_use import approved
from tests.cast import NOW, Cast
from tests.pdf import document
from tests.visitor import Visitor

GIVE_BACK = {"count": 3, "hazards": "", "give_back": True}


def sent(cast: Cast, **more: Any) -> str:
    """Of an agreed booking of Booker's, who sends samples."""
    return approved(cast, cast.raman, **{"mode": Mode.SAMPLES, "samples": GIVE_BACK, **more})


def added(cast: Cast, reference: str, title: str = "Spectra") -> str:
    taken = accept(document())
    file = result_files().keep(taken.data)
    return add_result(actor=cast.technician, reference=reference, title=title, accepted=taken, file=file).file


def test_they_are_received_have_results_and_go_back_and_each_is_told(app: Flask, cast: Cast) -> None:
    reference = sent(cast)
    mails()
    assert receive_samples(actor=cast.technician, reference=reference).samples_received_at
    added(cast, reference)
    with clock.frozen(NOW + timedelta(minutes=1)):
        added(cast, reference, "Report")
    assert return_samples(actor=cast.manager, reference=reference).samples_returned_at
    told = mails()
    assert [who for who, _ in told] == ["booker"] * 4
    assert [subject.split(": ")[1] for _, subject in told] == [
        "your samples have arrived",
        "results are there",
        "results are there",
        "your samples were sent back",
    ]
    assert list(findings()) == []


@pytest.mark.parametrize(
    ("who", "error"), [("booker", Forbidden), ("liaison", Forbidden), ("other_manager", NotFound)]
)
def test_only_the_lab_says_it(cast: Cast, who: str, error: type[Exception]) -> None:
    reference = sent(cast)
    for verb in (receive_samples, return_samples):
        with pytest.raises(error):
            verb(actor=getattr(cast, who), reference=reference)


def test_each_in_its_turn_once_and_only_where_samples_are_sent(app: Flask, cast: Cast) -> None:
    reference = sent(cast)
    with pytest.raises(WrongState):
        return_samples(actor=cast.manager, reference=reference)
    with pytest.raises(WrongState):
        added(cast, reference)
    receive_samples(actor=cast.manager, reference=reference)
    with pytest.raises(WrongState):
        receive_samples(actor=cast.manager, reference=reference)
    with pytest.raises(InvalidInput):
        added(cast, reference, " ")
    for other in (approved(cast, start=3), sent_and_cancelled(cast), waiting(cast)):
        with pytest.raises(WrongState):
            receive_samples(actor=cast.manager, reference=other)


def sent_and_cancelled(cast: Cast) -> str:
    reference = sent(cast, start=6)
    cancel_booking(actor=cast.booker, reference=reference)
    return reference


def waiting(cast: Cast) -> str:
    return ask(cast.booker, cast.raman, start=6, mode=Mode.SAMPLES, samples=GIVE_BACK).reference


def test_what_was_not_to_come_back_is_not_sent_back(cast: Cast) -> None:
    reference = sent(cast, samples={**GIVE_BACK, "give_back": False})
    receive_samples(actor=cast.manager, reference=reference)
    with pytest.raises(WrongState):
        return_samples(actor=cast.manager, reference=reference)


def test_a_lost_file_is_found_and_one_that_nobody_names_swept_away(app: Flask, cast: Cast) -> None:
    reference = sent(cast)
    receive_samples(actor=cast.manager, reference=reference)
    file = added(cast, reference)
    assert jobs.sweep_result_files() == 0
    (result_files().folder / file).unlink()
    assert [name for name, _ in findings()] == ["files lie where they are named, as they came"]


def test_the_page_shows_the_steps_and_the_file_to_both_sides_only(client: Visitor, cast: Cast) -> None:
    reference = sent(cast)
    path = f"/bookings/{reference}"
    client.sign_in(cast.technician)
    assert "Add results" not in client.page(path).text
    client.submit(path, form="samples_received")
    assert "Noted: the samples are here." in client.page(path).text
    typed = {"title": "Spectra", "file": (BytesIO(document()), "x.pdf")}
    client.post(f"{path}/results", data=typed, content_type="multipart/form-data")
    client.post(
        f"{path}/results",
        data={"title": "Trick", "file": (BytesIO(b"MZ"), "x.exe")},
        content_type="multipart/form-data",
    )
    page = client.page(path)
    assert "Only JPEG, PNG and WebP pictures and PDF documents are taken" in page.text
    client.submit(path, form="samples_returned")
    client.post(f"{path}/samples-returned")
    page = client.page(path)
    assert "This does not fit what is known of the samples." in page.text
    (link,) = [one.attrs["href"] for one in page.all("a") if "/results/" in one.attrs.get("href", "")]
    client.post("/sign-out")

    for who, status in ((cast.boss, 200), (cast.rival, 404), (cast.liaison, 404)):
        client.sign_in(who)
        answer = client.get(link)
        assert answer.status_code == status
        if status == 200:
            assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''Spectra")
            assert "Sent back" in client.page(path).text
        client.post("/sign-out")


def test_they_are_received_as_soon_as_the_lab_has_agreed(cast: Cast) -> None:
    reference = waiting(cast)
    approve_booking(actor=cast.manager, reference=reference)
    receive_samples(actor=cast.manager, reference=reference)
