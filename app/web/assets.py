"""Styles, scripts, fonts and pictures under an address that changes when one of them does.

A browser may therefore keep each for ever and never asks again. The version is a part of the path, so
what a stylesheet or a script refers to relative to itself carries it too. The stylesheets are kept
apart by component and sent as one file for each direction of writing: one request, compressed once.
"""

import gzip
import hashlib
import mimetypes
from functools import cached_property, lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, send_from_directory, url_for

from app.web import access

blueprint = Blueprint("assets", __name__)

FOR_EVER = 365 * 24 * 3600
FONTS = ("vazirmatn", "instrument-sans")
BOOTSTRAP = {"ltr": "bootstrap.min.css", "rtl": "bootstrap.rtl.min.css"}
# In the order in which they may overrule each other.
STYLES = (
    "tokens", "base", "shell", "menu", "buttons", "fields", "states", "panels", "tables", "verdicts",
    "timeline", "claims", "grid", "strips", "results", "search", "month", "calendar", "agenda", "asking",
    "inbox", "coverage", "charts", "provenance", "home", "wall", "guide", "narrow", "print",
)  # fmt: skip


class Assets:
    """The files of a static folder, as they are when the application starts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def version(self) -> str:
        """A short digest of every file's name and contents."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(self.folder)}\0".encode() + path.read_bytes())
        return digest.hexdigest()[:12]

    def stylesheet(self, writing: str) -> str:
        """Every style of a page in this direction: fonts, Bootstrap, then ours."""
        fonts = (self._read(f"vendor/{font}/index.css", moved_from=font) for font in FONTS)
        bootstrap = self._read(f"vendor/bootstrap/{BOOTSTRAP[writing]}")
        ours = (self._read(f"css/{name}.css") for name in STYLES)
        return "\n".join([*fonts, bootstrap, *ours])

    def _read(self, name: str, moved_from: str | None = None) -> str:
        path = self.folder / name
        if not path.exists():
            current_app.logger.warning("%s is missing: run make setup", name)
            return ""
        text = path.read_text(encoding="utf-8")
        # A font's stylesheet names its files relative to where it stood.
        return text.replace("url(./", f"url(vendor/{moved_from}/") if moved_from else text


@blueprint.get("/assets/<version>/<any(ltr, rtl):writing>.css")
@access.public
def stylesheet(version: str, writing: str) -> Response:
    text = _assets().stylesheet(writing).encode()
    return _for_ever(_squeezed(text, "text/css; charset=utf-8"), version)


@blueprint.get("/assets/<version>/<path:name>")
@access.public
def file(version: str, name: str) -> Response:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind == "image/svg+xml":
        path = (_assets().folder / name).resolve()
        if not path.is_relative_to(_assets().folder.resolve()) or not path.is_file():
            abort(404)
        return _for_ever(_squeezed(path.read_bytes(), f"{kind}; charset=utf-8"), version)
    return _for_ever(send_from_directory(_assets().folder, name, mimetype=kind), version)


def asset(name: str) -> str:
    """The address of a static file: asset("js/theme.mjs")."""
    return url_for("assets.file", version=_assets().version, name=name)


def stylesheet_for(direction: str) -> str:
    """The address of all styles, for a language that is written in this direction."""
    return url_for("assets.stylesheet", version=_assets().version, writing=direction)


def register(app: Flask) -> None:
    # Some machines have no opinion about .mjs, and a module of another type is not run.
    mimetypes.add_type("text/javascript", ".mjs")
    app.extensions["assets"] = Assets(Path(app.static_folder or ""))
    app.jinja_env.globals["asset"] = asset
    app.register_blueprint(blueprint)


def _assets() -> Assets:
    found: Assets = current_app.extensions["assets"]
    return found


@lru_cache(maxsize=128)
def _packed(octets: bytes) -> bytes:
    return gzip.compress(octets, mtime=0)


def _squeezed(octets: bytes, kind: str) -> Response:
    answer = Response(content_type=kind)
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        octets = _packed(octets)
        answer.content_encoding = "gzip"
    answer.data = octets
    return answer


def _for_ever(answer: Response, version: str) -> Response:
    """Kept for ever under its own version; an old page that asks for another gets the present one."""
    kept = version == _assets().version and not current_app.debug
    answer.headers["Cache-Control"] = f"public, max-age={FOR_EVER}, immutable" if kept else "no-cache"
    return answer
