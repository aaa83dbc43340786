"""A teaching timetable on its pages: from the pasted table to the calendar."""

from sqlalchemy import select

from app.booking.models import Timetable
from app.extensions import db
from tests.booking.making import ask
from tests.cast import Cast
from tests.visitor import Visitor

TABLE = (
    "درس\tروز\tساعت\tدستگاه\n"
    "آز طیف‌سنجی\tدوشنبه\t۸:۳۰ تا ۱۰:۳۰\tLabRAM\n"
    "آز ناشناس\tدوشنبه\t۸-۱۰\tچیزی که نیست\n"
)
TERM = {"name": "Autumn", "first_on": "1405/08/30", "last_on": "1405/09/27"}


def look(client: Visitor, cast: Cast, pasted: str = TABLE, **more: str) -> str:
    typed = TERM | {"lab": str(cast.materials.id), "pasted": pasted} | more
    answer = client.submit("/admin/timetables/new", typed, form="timetable")
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def test_a_pasted_timetable_is_looked_at_taken_and_ended(client: Visitor, cast: Cast) -> None:
    booking = ask(cast.booker, cast.raman, start=24 * 7)
    client.sign_in(cast.manager)
    address = look(client, cast)
    page = client.page(address)
    assert "3 dates" in page.text
    assert booking.reference in page.text
    assert "There is no “چیزی که نیست” in this lab" in page.text
    done = client.submit(address, form="bring-in")
    assert done.status_code == 302, done.text
    shown = client.page(done.location)
    assert booking.reference in shown.text
    assert "Autumn" in client.page("/admin/timetables").text
    assert client.submit(done.location, form=f"{done.location}/end").status_code == 302
    assert "Ended" in client.page(done.location).text
    assert db.session.scalars(select(Timetable)).one().ended_at is not None


def test_what_is_no_timetable_says_why(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    typed = TERM | {"lab": str(cast.materials.id)}
    nothing = client.submit("/admin/timetables/new", typed, form="timetable")
    assert (nothing.status_code, "Choose a file, or paste the table." in nothing.text) == (422, True)
    columns = client.submit("/admin/timetables/new", typed | {"pasted": "a,b\n1,2\n"}, form="timetable")
    assert (columns.status_code, "Columns are missing: day, equipment" in columns.text) == (422, True)
    formula = typed | {"pasted": 'day,time,equipment\nMon,8-10,"=1+1"\n'}
    assert client.submit("/admin/timetables/new", formula, form="timetable").status_code == 422


def test_a_term_that_cannot_be_is_said_on_the_preview(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    address = look(client, cast, last_on="1405/08/01")
    answer = client.get(address)
    assert (answer.status_code, "The end must come after the start." in answer.text) == (422, True)


def test_somebody_elses_table_is_not_there(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    address = look(client, cast)
    client.sign_in(cast.other_manager)
    assert client.get(address).location == "/admin/timetables/new"


def test_it_is_not_for_companies(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.booker)
    for address in ("/admin/timetables", "/admin/timetables/new"):
        assert client.get(address).status_code == 404
