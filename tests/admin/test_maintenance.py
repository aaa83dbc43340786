"""Plans of maintenance, on their pages."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from app.extensions import db
from app.inventory.models import MaintenanceDone, MaintenancePlan, Per
from app.inventory.services.maintenance import retire_plan
from tests.cast import Cast
from tests.inventory.upkeep import planned
from tests.visitor import Visitor

TYPED = {
    "what": "Calibration",
    "due_on": "1405/09/08",
    "every": "۶",
    "per": "month",
    "minutes": "2:00",
    "note": "Call the maker",
}


def plans() -> list[MaintenancePlan]:
    return list(db.session.scalars(select(MaintenancePlan).order_by(MaintenancePlan.id)))


def test_it_is_planned_changed_done_and_ended(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.technician)
    typed = TYPED | {"equipment": str(cast.stations.id), "unit": "2"}
    client.submit("/admin/maintenance/new", typed, form="plan")
    (plan,) = plans()
    assert (plan.due_on, plan.every, plan.per, plan.minutes) == (date(2026, 11, 29), 6, Per.MONTH, 120)
    assert (plan.unit_id, plan.note) == (cast.stations.units[1].id, "Call the maker")

    path = f"/admin/maintenance/{plan.id}"
    assert path in client.get("/admin/maintenance").text
    client.submit(path, {"every": "", "unit": "", "due_on": "2026-12-01"}, form="plan")
    (plan,) = plans()
    assert (plan.every, plan.per, plan.unit_id, plan.due_on) == (None, None, None, date(2026, 12, 1))

    client.submit(path, {"note_on_it": "Certificate 7", "next_on": "2027-01-01"}, form="done")
    done = db.session.scalars(select(MaintenanceDone)).one()
    assert (done.done_on, done.note, plans()[0].due_on) == (
        date(2026, 11, 22), "Certificate 7", date(2027, 1, 1),
    )  # fmt: skip
    assert "Certificate 7" in client.page(path).text
    client.submit(path, form="retire")
    assert plans()[0].retired_by_id == cast.technician.id
    assert path not in client.get("/admin/maintenance").text
    assert path in client.get("/admin/maintenance?over=1").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": ""},
        {"due_on": "tomorrow"},
        {"every": "121"},
        {"minutes": ""},
        {"unit": "9"},
    ],
)
def test_what_cannot_be_planned_is_refused(client: Visitor, cast: Cast, wrong: dict[str, str]) -> None:
    client.sign_in(cast.manager)
    typed = TYPED | {"equipment": str(cast.stations.id)} | wrong
    answer = client.submit("/admin/maintenance/new", typed, form="plan")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert plans() == []


@pytest.mark.parametrize("wrong", [{"done_on": "2026-11-23"}, {"done_on": ""}, {"next_on": "2026-11-22"}])
def test_what_cannot_have_been_done_is_refused(client: Visitor, cast: Cast, wrong: dict[str, str]) -> None:
    plan = planned(cast)
    client.sign_in(cast.manager)
    assert client.submit(f"/admin/maintenance/{plan.id}", wrong, form="done").status_code == 422
    assert db.session.scalars(select(MaintenanceDone)).all() == []


def test_what_is_overdue_says_so_and_stands_first(client: Visitor, cast: Cast) -> None:
    planned(cast, what="Later", due_on=date(2027, 6, 1))
    planned(cast, what="Gone by", due_on=date(2026, 11, 1))
    planned(cast, of=cast.oscilloscope, by=cast.other_manager, what="Not ours")
    client.sign_in(cast.manager)
    text = client.page("/admin/maintenance").text
    assert text.index("Gone by") < text.index("Overdue") < text.index("Later")
    assert "Not ours" not in text


def test_pages_follow_one_another(client: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.admin.views.maintenance.PAGE", 1)
    for day in (3, 1, 2):
        planned(cast, what=f"Work {day}", due_on=date(2026, 12, day))
    client.sign_in(cast.manager)
    page = client.page("/admin/maintenance")
    seen = []
    while True:
        seen += [day for day in (1, 2, 3) if f"Work {day}" in page.text]
        more = [one for one in page.all("a") if one.attrs.get("rel") == "next"]
        if not more:
            break
        page = client.page(more[0].attrs["href"])
    assert seen == [1, 2, 3]
    assert "Work 1" in client.page("/admin/maintenance?after=nonsense").text


def test_the_form_for_the_outage_is_filled_in(client: Visitor, cast: Cast) -> None:
    plan = planned(cast)
    client.sign_in(cast.manager)
    page = client.page(f"/admin/maintenance/{plan.id}")
    (link,) = [one for one in page.all("a") if "/outages/new" in one.attrs["href"]]
    query = parse_qs(urlsplit(link.attrs["href"]).query)
    assert query == {
        "equipment": [str(cast.raman.id)], "kind": ["maintenance"], "reason": ["Calibration"],
        "from": ["2026-11-29T08:00"], "to": ["2026-11-29T10:00"],
    }  # fmt: skip


def test_what_is_over_takes_nothing_more(client: Visitor, cast: Cast) -> None:
    plan = planned(cast)
    client.sign_in(cast.manager)
    retire_plan(actor=cast.technician, plan_id=plan.id)
    path = f"/admin/maintenance/{plan.id}"
    assert client.post(f"{path}/done", data={"done_on": "2026-11-22"}).location.endswith(path)
    assert client.post(f"{path}/retire").location.endswith(path)
    assert "This is over already" in client.page(path).text
    assert db.session.scalars(select(MaintenanceDone)).all() == []


@pytest.mark.parametrize("who", ["booker", "safety", "other_manager", "liaison"])
def test_for_others_the_page_is_not_there(client: Visitor, cast: Cast, who: str) -> None:
    plan = planned(cast)
    client.sign_in(getattr(cast, who))
    path = f"/admin/maintenance/{plan.id}"
    assert client.get(path).status_code == 404
    for address in (path, f"{path}/done", f"{path}/retire"):
        assert client.post(address, data=TYPED | {"done_on": "2026-11-22"}).status_code == 404
    if who == "other_manager":
        typed = TYPED | {"equipment": str(cast.raman.id)}
        assert client.post("/admin/maintenance/new", data=typed).status_code == 422
    assert plans()[0].retired_at is None
    assert len(plans()) == 1
