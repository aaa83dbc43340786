"""Styles, scripts and pictures: one stylesheet a direction, kept for ever under its version."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from app.web.assets import STYLES, Assets, asset, stylesheet_for
from tests.house.reading import ROOT, templates
from tests.visitor import Visitor

CSS = ROOT / "app" / "web" / "static" / "css"


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return asset(name)


def test_every_stylesheet_is_sent_and_each_that_is_sent_exists() -> None:
    assert sorted(STYLES) == sorted(path.stem for path in CSS.glob("*.css"))


def test_a_file_is_kept_for_ever_under_its_version_only(app: Flask, client: Visitor) -> None:
    with client.get(address(app, "js/theme.mjs")) as answer:
        assert answer.mimetype == "text/javascript"
        assert "immutable" in answer.headers["Cache-Control"]
    with client.get("/assets/000000000000/js/theme.mjs") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_file_that_changes_changes_every_address(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}")
    before = Assets(tmp_path).version
    (tmp_path / "a.css").write_text("b {}")
    assert Assets(tmp_path).version != before


def test_a_stylesheet_is_squeezed_for_who_takes_it(app: Flask, client: Visitor) -> None:
    with app.test_request_context():
        url = stylesheet_for("rtl")
    plain = client.get(url)
    squeezed = client.get(url, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(squeezed.data) == plain.data
    assert b"--kg-act" in plain.data


@pytest.mark.parametrize(
    "name", ["../templates/layout/base.html", "../../__init__.py", "css/%2e%2e/%2e%2e/page.py"]
)
def test_nothing_outside_of_the_folder_is_given_away(client: Visitor, name: str) -> None:
    assert client.get(f"/assets/any/{name}").status_code == 404


def test_the_fonts_and_bootstrap_are_found_from_the_one_stylesheet(app: Flask, client: Visitor) -> None:
    if not (CSS.parent / "vendor").exists():
        pytest.skip("no front-end libraries: run make setup")
    with app.test_request_context():
        text = client.get(stylesheet_for("ltr")).text
        folder = stylesheet_for("ltr").rpartition("/")[0]
    fonts = re.findall(r"url\((vendor/[^)]+)\)", text)
    assert {font.split("/")[1] for font in fonts} == {"vazirmatn", "instrument-sans"}
    for font in fonts:
        with client.get(f"{folder}/{font}") as answer:
            assert answer.status_code == 200


def test_a_day_of_25_hours_has_a_class_for_every_track() -> None:
    text = (CSS / "grid.css").read_text()
    for track in range(1, 301):
        assert f".c{track}{{grid-column-start:{track}}}" in text
        assert f".s{track}{{grid-column-end:span {track}}}" in text
    for hours in range(1, 26):
        assert f".hours-{hours}{{--hours:{hours};--cols:{hours * 12}}}" in text


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (CSS.parent / "icons.svg").read_text()))
    named = {name for page in templates() for name in re.findall(r"""icon\(\s*["'](\w+)["']""", page.text)}
    assert named
    assert named <= drawn
