"""The reports, as each kind of person meets them."""

import csv
import io
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from app.booking.rules.states import OccurrenceState
from app.extensions import db
from tests.cast import Cast
from tests.databases import both_databases
from tests.needs.test_gaps import want
from tests.reports.making import took
from tests.statements import statements
from tests.visitor import Visitor

pytestmark = both_databases

PAGES = ("/reports", "/reports/unmet", "/reports/times")
MOST_STATEMENTS = 15


@pytest.fixture
def full(cast: Cast) -> None:
    """Something of everything, in both labs."""
    took(cast.booker, cast.raman, answered_after=2, by=cast.manager)
    took(cast.booker, cast.stations, state=OccurrenceState.NO_SHOW, quantity=2)
    took(cast.rival, cast.oscilloscope, answered_after=3, by=cast.other_manager)
    want(cast.rival, cast.raman)
    want(cast.booker, cast.oscilloscope)


def drawings(text: str) -> Iterator[ET.Element]:
    """Every drawing of the page that is a chart; one that is not well-formed fails."""
    for part in text.split("<svg")[1:]:
        drawn = "<svg" + part.split("</svg>")[0] + "</svg>"
        if 'class="chart' in drawn:
            yield ET.fromstring(drawn)  # noqa: S314 - our own page


@pytest.mark.parametrize("path", PAGES)
def test_visitors_sign_in_first(client: Visitor, path: str) -> None:
    assert "/sign-in" in client.get(path).headers["Location"]


@pytest.mark.parametrize("path", [*PAGES, "/reports/file/use/csv"])
@pytest.mark.parametrize("who", ["booker", "technician", "student"])
def test_for_others_there_is_no_such_page(client: Visitor, cast: Cast, who: str, path: str) -> None:
    client.sign_in(getattr(cast, who))
    client.page(path, status=404)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["manager", "safety", "liaison", "admin"])
def test_who_answers_and_the_office_read_them(
    client: Visitor, cast: Cast, who: str, path: str, language: str
) -> None:
    reader = getattr(cast, who)
    reader.language = language
    db.session.commit()
    client.sign_in(reader)
    with statements() as asked:
        page = client.page(path)
    asked = [one for one in asked if one.startswith("SELECT")]
    assert len(asked) <= MOST_STATEMENTS, "\n".join(asked)
    assert page.all("p", class_="evidence")
    for drawn in drawings(str(client.get(path).text)):
        assert drawn.get("viewBox")
        assert "style" not in drawn.attrib


@pytest.mark.usefixtures("full")
def test_a_manager_reads_nothing_of_other_labs(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    page = client.page("/reports?lab=electronics")
    assert "Raman spectrometer" in page.text
    assert "Oscilloscope" not in page.text
    client.sign_in(cast.other_manager)
    page = client.page("/reports")
    assert "Oscilloscope" in page.text
    assert "Raman spectrometer" not in page.text
    assert all("Raman" not in table.text for table in client.page("/reports/unmet").all("table"))


@pytest.mark.usefixtures("full")
def test_a_lab_a_category_and_days_narrow_it(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.liaison)
    page = client.page("/reports?lab=materials&category=raman-spectroscopy")
    assert "Raman spectrometer" in page.text
    assert "Oscilloscope" not in page.text
    assert "Soldering station" not in page.text
    page = client.page("/reports/times?first=1405/08/23&last=2026-11-14")
    assert "14 Nov" in page.text
    assert "There were no bookings" in client.page("/reports/times?first=2026-01-01&last=2026-01-02").text
    wrong = client.page("/reports?first=yesterday&last=2026-11-14")
    assert "Write the date as year" in wrong.text


@pytest.mark.parametrize(
    ("path", "said"),
    [("/reports/unmet", "Nothing was missed in this time"), ("/reports/times", "There were no bookings")],
)
def test_an_empty_page_says_what_will_be_there(client: Visitor, cast: Cast, path: str, said: str) -> None:
    client.sign_in(cast.manager)
    page = client.page(path)
    assert said in page.text
    assert "Here will be" in page.text


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("picture", ["use", "equipment", "unmet", "categories", "lead", "answer", "dates"])
def test_every_picture_is_a_file(client: Visitor, cast: Cast, picture: str) -> None:
    client.sign_in(cast.manager)
    answer = client.get(f"/reports/file/{picture}/csv?period=month")
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(client.get(f"/reports/file/{picture}/xlsx?period=month").data)).active
    assert sheet is not None
    assert [str(cell.value) for cell in sheet[1]] == rows[0]
    assert sheet.max_row == len(rows) > 1
    assert "Oscilloscope" not in answer.text


def test_a_name_that_looks_like_a_formula_is_none_in_the_file(client: Visitor, cast: Cast) -> None:
    cast.raman.name = "=HYPERLINK(1)"
    db.session.commit()
    client.sign_in(cast.manager)
    assert "'=HYPERLINK(1)" in client.get("/reports/file/equipment/csv").text


@pytest.mark.parametrize("path", ["nothing/csv", "use/pdf", "lead/csv"])
def test_files_of_nothing_are_not_there(client: Visitor, cast: Cast, path: str) -> None:
    client.sign_in(cast.manager)
    assert client.get(f"/reports/file/{path}").status_code == 404


@pytest.mark.usefixtures("full")
def test_time_runs_in_reading_direction(client: Visitor, cast: Cast) -> None:
    cast.manager.language = "fa"
    db.session.commit()
    client.sign_in(cast.manager)
    (drawn, *_others) = drawings(client.get("/reports?period=week").text.split('id="use-panel"')[1])
    marked = [d for d in drawings(client.get("/reports?period=week").text) if d.get("role") == "img"]
    labels = [t for t in marked[0].iter() if t.tag == "text" and t.get("text-anchor") == "middle"]
    places = [float(label.get("x", 0)) for label in labels]
    assert places == sorted(places, reverse=True)
    assert "آبان" in (labels[0].text or "")
    assert drawn is not None
