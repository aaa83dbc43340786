"""A server that must not start says so in a sentence."""

import os
import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy import make_url

from config import BadSetting, settings_from

SAFE = {
    "KARGAH_ENV": "production",
    "SECRET_KEY": "x" * 32,
    "PUBLIC_URL": "https://kargah.example.edu",
    "MAIL_URL": "smtp://mail.example.edu",
    "DATABASE_URL": "sqlite://",
}


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("KARGAH_ENV", "staging", "KARGAH_ENV"),
        ("SECRET_KEY", "short", "SECRET_KEY must be at least 32 bytes"),
        ("PUBLIC_URL", "http://127.0.0.1:5000", "not localhost"),
        ("MAIL_URL", "file:///tmp/mail", "MAIL_URL must name a mail server"),
        ("KARGAH_NOW", "P3D", "KARGAH_NOW"),
    ],
)
def test_an_unsafe_setting_stops_it(setting: str, value: str, sentence: str) -> None:
    with pytest.raises(BadSetting, match=sentence):
        settings_from(SAFE | {setting: value})


def test_safe_settings_do_not() -> None:
    assert settings_from(SAFE)["KARGAH_ENV"] == "production"


def test_a_server_says_it_in_a_sentence_and_nothing_more() -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "routes"]
    environment = {name: value for name, value in os.environ.items() if name not in SAFE}
    unsafe = environment | SAFE | {"SECRET_KEY": "short"}
    done = subprocess.run(command, env=unsafe, capture_output=True, text=True)

    assert done.returncode == 1
    assert "SECRET_KEY must be at least 32 bytes" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_without_its_trigger_stops_it(database_url: str) -> None:
    with sqlite3.connect(make_url(database_url).database or "") as connection:
        connection.execute("DROP TRIGGER claim_capacity")

    command = [sys.executable, "-m", "flask", "--app", "wsgi", "up", "--no-jobs", "--port", "0"]
    environment = os.environ | {"DATABASE_URL": database_url}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)

    assert done.returncode == 1
    assert "trigger claim_capacity" in done.stderr
