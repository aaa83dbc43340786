"""The rules of a lab and of single equipment, as its manager keeps them."""

import pytest

from app.booking.queries.policies import find_policy_of_equipment, find_policy_of_lab
from app.booking.queries.things import rules_of
from app.booking.rules.presets import PRESETS, Preset
from tests.cast import Cast
from tests.visitor import Visitor


def test_a_manager_says_what_the_lab_asks(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/rules/lab/{cast.materials.id}"
    answer = client.submit(
        path, {"max_minutes": "۳:۰۰", "horizon_days": "30", "needs_approval": "no"}, form="rules"
    )

    assert answer.status_code in (302, 303)
    policy = find_policy_of_lab(cast.materials.id)
    assert policy is not None
    assert (policy.max_minutes, policy.horizon_days, policy.needs_approval) == (180, 30, False)
    assert policy.min_minutes is None  # an empty field says nothing
    assert rules_of([cast.raman])[cast.raman.id].max_minutes == 180


def test_equipment_may_differ_and_says_what_it_follows_else(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/rules/equipment/{cast.stations.id}"
    client.submit(path, {"setup_minutes": "15"}, form="rules")

    policy = find_policy_of_equipment(cast.stations.id)
    assert policy is not None
    assert (policy.setup_minutes, policy.needs_approval) == (15, False)  # what stood there stays


@pytest.mark.parametrize(
    "wrong",
    [{"min_minutes": "4:00", "max_minutes": "2:00"}, {"horizon_days": "9999"}, {"max_minutes": "long"}],
)
def test_what_makes_no_sense_is_refused_and_nothing_changes(
    client: Visitor, cast: Cast, wrong: dict[str, str]
) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/rules/lab/{cast.materials.id}"
    answer = client.submit(path, wrong, form="rules")

    assert answer.status_code == 422
    assert find_policy_of_lab(cast.materials.id) is None


@pytest.mark.parametrize("who", ["other_manager", "booker", "technician", "liaison"])
def test_nobody_else_finds_the_page(client: Visitor, cast: Cast, who: str) -> None:
    client.sign_in(getattr(cast, who))
    assert client.get(f"/admin/rules/lab/{cast.materials.id}").status_code == 404
    assert client.get(f"/admin/rules/equipment/{cast.raman.id}").status_code == 404


def test_every_value_says_whose_word_it_is(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    client.submit(f"/admin/rules/lab/{cast.materials.id}", {"grid_minutes": "30"}, form="rules")
    client.submit(f"/admin/rules/equipment/{cast.raman.id}", {"needs_papers": "insurance"}, form="rules")

    page = " ".join(client.page(f"/admin/rules/equipment/{cast.raman.id}").text.split())
    for line in ("Grid30 minthe lab", "PapersInsurancethis instrument", "Shortest30 minthe house"):
        assert line in page
    assert rules_of([cast.raman])[cast.raman.id].needs_papers == ["insurance"]
    assert rules_of([cast.stations])[cast.stations.id].grid_minutes == 30


def test_an_instrument_can_say_that_it_needs_no_papers(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    client.submit(f"/admin/rules/lab/{cast.materials.id}", {"needs_papers": "insurance"}, form="rules")
    client.submit(f"/admin/rules/equipment/{cast.raman.id}", {"needs_papers": "none"}, form="rules")
    assert rules_of([cast.raman])[cast.raman.id].needs_papers == []
    assert rules_of([cast.stations])[cast.stations.id].needs_papers == ["insurance"]


@pytest.mark.parametrize("preset", ["self_service", "staff_run", "trained_only", "samples_only"])
def test_a_manager_starts_from_a_preset(client: Visitor, cast: Cast, preset: str) -> None:
    client.sign_in(cast.manager)
    path = f"/admin/rules/lab/{cast.materials.id}"
    client.submit(path, {"max_minutes": "3:00", "cleanup_minutes": "0:10"}, form="rules")
    client.submit(path, {"preset": preset}, form="start-from")
    policy = find_policy_of_lab(cast.materials.id)
    assert policy is not None
    said = {name: getattr(policy, name) for name in PRESETS[Preset(preset)]}
    assert said == PRESETS[Preset(preset)]
    assert policy.cleanup_minutes == PRESETS[Preset(preset)].get("cleanup_minutes")


def test_an_instrument_has_presets_of_its_own(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.manager)
    client.submit(f"/admin/rules/equipment/{cast.raman.id}", {"preset": "trained_only"}, form="start-from")
    assert rules_of([cast.raman])[cast.raman.id].needs_authorisation
    assert not rules_of([cast.microscope])[cast.microscope.id].needs_authorisation


def test_nobody_else_applies_a_preset(client: Visitor, cast: Cast) -> None:
    client.sign_in(cast.other_manager)
    path = f"/admin/rules/lab/{cast.materials.id}/preset"
    assert client.post(path, data={"preset": "staff_run"}).status_code == 404
    assert find_policy_of_lab(cast.materials.id) is None
