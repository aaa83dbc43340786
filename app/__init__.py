"""Kargah: a university and its region's industry share laboratory and workshop equipment."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import registry
from app.core import clock
from app.core.db import engine_options, prepare_engine
from app.extensions import babel, csrf, db, limiter, login, migrate
from app.web import locale
from config import INSTANCE, settings_from


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application, configured from the environment; `overrides` win over it (tests)."""
    app = Flask(
        __name__,
        instance_path=str(INSTANCE),
        static_folder="web/static",
        template_folder="web/templates",
    )
    app.config.from_mapping(settings_from(os.environ))
    app.config.from_mapping(overrides or {})
    INSTANCE.mkdir(exist_ok=True)
    clock.configure(app.config["KARGAH_NOW"])
    _start_database(app)
    for extension in (login, csrf, limiter):
        extension.init_app(app)
    babel.init_app(
        app,
        default_translation_directories="translations",
        locale_selector=locale.select_language,
    )
    registry.register(app)
    _believe_proxies(app)
    return app


def _believe_proxies(app: Flask) -> None:
    """Take from the proxies in front who asks and over what, and not by what name: that is PUBLIC_URL.

    The only place where forwarded headers are read; the server that `flask up` starts is told to ignore them.
    """
    if trusted := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=0)  # type: ignore[method-assign]


def _start_database(app: Flask) -> None:
    options = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options | app.config.get("SQLALCHEMY_ENGINE_OPTIONS", {})
    db.init_app(app)
    migrate.init_app(app, db, directory="migrations")
    with app.app_context():
        prepare_engine(db.engine)
