"""Who asks is told by the proxies that stand in front, as many as there are, and by nobody else."""

from collections.abc import Callable

import pytest
from flask import Flask, request
from gunicorn.config import Config

from app.accounts.rules.limits import SIGN_IN_PAIR
from app.cli.up import gunicorn
from config import BadSetting, settings_from
from tests.visitor import Visitor

Asked = tuple[str | None, str, str]


@pytest.fixture
def behind(make_app: Callable[..., Flask]) -> Callable[[int], Visitor]:
    """behind(n): a visitor of a site with n proxies in front, which sees at /planted/asked who asks."""

    def behind(proxies: int) -> Visitor:
        app = make_app(TRUSTED_PROXIES=proxies)
        app.add_url_rule(
            "/planted/asked", view_func=lambda: [request.remote_addr, request.scheme, request.host]
        )
        return app.test_client()  # type: ignore[return-value]

    return behind


def asked(visitor: Visitor, **headers: str) -> Asked:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with visitor.application.app_context():
        return tuple(visitor.get("/planted/asked", headers=named).json)


FORWARDED = {
    "X_Forwarded_For": "203.0.113.9, 198.51.100.1",
    "X_Forwarded_Proto": "https, https",
    "X_Forwarded_Host": "evil.example",
}


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        (0, ("127.0.0.1", "http", "localhost")),
        (1, ("198.51.100.1", "https", "localhost")),
        (2, ("203.0.113.9", "https", "localhost")),
    ],
)
def test_as_many_as_there_are_are_believed(
    behind: Callable[[int], Visitor], proxies: int, seen: Asked
) -> None:
    assert asked(behind(proxies), **FORWARDED) == seen


def tried(visitor: Visitor, address: str) -> int:
    headers = {"X-Forwarded-For": address}
    data = {"email": "nobody@example.com", "password": "wrong"}
    with visitor.application.app_context():
        return visitor.post("/sign-in", data=data, headers=headers).status_code


@pytest.mark.parametrize(("proxies", "elsewhere"), [(0, 429), (1, 403)])
def test_who_is_throttled_is_the_address_behind_the_proxy(
    behind: Callable[[int], Visitor], proxies: int, elsewhere: int
) -> None:
    visitor = behind(proxies)
    answers = [tried(visitor, "203.0.113.9") for _ in range(SIGN_IN_PAIR.most + 1)]
    assert answers == [403] * SIGN_IN_PAIR.most + [429]
    assert tried(visitor, "198.51.100.1") == elsewhere


def test_the_server_itself_believes_nobody() -> None:
    """Gunicorn would take X-Forwarded-Proto from any program of its own machine."""
    config = Config()
    start = gunicorn("127.0.0.1", 5000, 1, reloads=False)
    given = vars(config.parser().parse_args(start[start.index("wsgi:app") :]))
    for name, value in given.items():
        if name in config.settings and value is not None:
            config.set(name, value)
    assert config.forwarded_allow_ips == []


@pytest.mark.parametrize("number", ["-1", "many", "", "1.5"])
def test_what_is_no_number_of_proxies_is_refused(number: str) -> None:
    with pytest.raises(BadSetting, match="TRUSTED_PROXIES"):
        settings_from({"TRUSTED_PROXIES": number, "SECRET_KEY": "x" * 32})


@pytest.mark.parametrize(("address", "secure"), [("https://labs.example.edu", True), ("http://lab", False)])
def test_every_cookie_is_as_secure_as_the_public_address(
    make_app: Callable[..., Flask], address: str, secure: bool
) -> None:
    """Not as the request: the last proxy may speak plainly to us."""
    settings = settings_from({"PUBLIC_URL": address, "SECRET_KEY": "x" * 32, "KARGAH_ENV": "testing"})
    app = make_app(**{name: settings[name] for name in ("PUBLIC_URL", "SESSION_COOKIE_SECURE")})
    with app.app_context():
        cookies = app.test_client().get("/sign-in?lang=fa").headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert [("Secure" in cookie.split("; ")) for cookie in cookies] == [secure, secure]
