"""Settings, read from the environment once; docs/settings.md says what each variable means.

Nothing here imports the application: `settings_from(os.environ)` is a function of its argument,
apart from the secret key that development keeps under instance/.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"
LEAST_SECRET_BYTES = 32
ENVIRONMENTS = ("development", "testing", "production")


class BadSetting(Exception):
    """A setting that would be unsafe or meaningless; the message says which and what to do."""


def settings_from(environ: Mapping[str, str]) -> dict[str, Any]:
    """Flask configuration for these environment variables; raises BadSetting."""
    env = environ.get("KARGAH_ENV", "development")
    if env not in ENVIRONMENTS:
        raise BadSetting(f"KARGAH_ENV is {env!r}; it must be one of {', '.join(ENVIRONMENTS)}.")
    production = env == "production"
    public_url = environ.get("PUBLIC_URL", "http://127.0.0.1:5000").rstrip("/")
    mail_url = environ.get("MAIL_URL", f"file://{INSTANCE / 'mail'}")
    if production:
        _refuse_in_production(environ, public_url, mail_url)
    https = public_url.startswith("https://")
    return {
        "KARGAH_ENV": env,
        "TESTING": env == "testing",
        "SECRET_KEY": _secret_key(environ, production),
        "SQLALCHEMY_DATABASE_URI": environ.get("DATABASE_URL", f"sqlite:///{INSTANCE / 'kargah.db'}"),
        "PUBLIC_URL": public_url,
        "MAIL_URL": mail_url,
        "MAIL_FROM": environ.get("MAIL_FROM", f"Kargah <kargah@{urlsplit(public_url).hostname}>"),
        "RATELIMIT_STORAGE_URI": environ.get("RATE_LIMIT_STORAGE", "memory://"),
        "API_REQUESTS_PER_MINUTE": _at_least_one(environ.get("API_REQUESTS_PER_MINUTE", "1200")),
        "VISITORS_KEPT_DAYS": _at_least_one(environ.get("VISITORS_KEPT_DAYS", "90"), "VISITORS_KEPT_DAYS"),
        "GZIP": environ.get("GZIP", "on") != "off",
        "KARGAH_NOW": None if production else environ.get("KARGAH_NOW"),
        "TRUSTED_PROXIES": _trusted_proxies(environ.get("TRUSTED_PROXIES", "0")),
        "UPLOADS": environ.get("UPLOADS", str(INSTANCE / "uploads")),
        "MAX_CONTENT_LENGTH": 20 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_NAME": "__Host-session" if https else "session",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # app/web/origin.py asks instead, and says why
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_DEFAULT_TIMEZONE": "UTC",
    }


def _refuse_in_production(environ: Mapping[str, str], public_url: str, mail_url: str) -> None:
    host = urlsplit(public_url).hostname or ""
    if "PUBLIC_URL" not in environ or host in ("localhost", "127.0.0.1", "::1"):
        raise BadSetting("PUBLIC_URL must be the address people reach this server at, not localhost.")
    if "MAIL_URL" not in environ or mail_url.startswith("file:"):
        raise BadSetting("MAIL_URL must name a mail server (smtp:// or smtps://) in production.")
    if environ.get("KARGAH_NOW"):
        raise BadSetting("KARGAH_NOW shifts the clock for tests; unset it in production.")


def _trusted_proxies(given: str) -> int:
    if not (given.isascii() and given.isdigit()):
        raise BadSetting(f"TRUSTED_PROXIES is {given!r}; it must be the number of proxies in front, or 0.")
    return int(given)


def _at_least_one(given: str, name: str = "API_REQUESTS_PER_MINUTE") -> int:
    if not (given.isascii() and given.isdigit() and int(given)):
        raise BadSetting(f"{name} is {given!r}; it must be a number, 1 or more.")
    return int(given)


def _secret_key(environ: Mapping[str, str], production: bool) -> str:
    given = environ.get("SECRET_KEY", "")
    if given and len(given.encode()) >= LEAST_SECRET_BYTES:
        return given
    if given or production:
        raise BadSetting(
            f"SECRET_KEY must be at least {LEAST_SECRET_BYTES} bytes. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return _kept_secret(INSTANCE / "secret_key")


def _kept_secret(path: Path) -> str:
    """The secret of a development machine, made once. O_EXCL: of two first starts one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret
