"""What every page needs beside its content: language, direction, theme, menus, where it is."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from flask import Flask, request, session

from app.core.i18n import LANGUAGES, direction, language
from app.web import navigation
from app.web.assets import asset, stylesheet_for
from app.web.hints import Hint, hint
from app.web.links import public_address

THEMES = ("light", "dark")


@dataclass(frozen=True)
class OtherLanguage:
    """The same page in another language."""

    code: str
    name: str
    url: str


class Page:
    """The frame of the page being written; worked out once, and only what is asked for."""

    @cached_property
    def language(self) -> str:
        return language()

    @cached_property
    def direction(self) -> str:
        return direction(self.language)

    @cached_property
    def theme(self) -> str | None:
        """light or dark; None where the reader's system decides."""
        chosen = session.get("theme")
        return chosen if chosen in THEMES else None

    @cached_property
    def stylesheet(self) -> str:
        return stylesheet_for(self.direction)

    @cached_property
    def picture(self) -> str:
        """What messengers show beside a link to the page; whole, for they ask from outside."""
        return public_address(asset("og.png"))

    @cached_property
    def here(self) -> str:
        """This page's path with its query, to come back to; the first page after a form was sent."""
        return request.full_path.rstrip("?") if request.method == "GET" else "/"

    @cached_property
    def languages(self) -> list[OtherLanguage]:
        return [
            OtherLanguage(code, name, self._in(code))
            for code, name in LANGUAGES.items()
            if code != self.language
        ]

    @cached_property
    def _frame(self) -> navigation.Frame:
        return navigation.frame()

    @property
    def menu(self) -> list[navigation.Entry]:
        return self._frame.menu

    @property
    def tools(self) -> list[navigation.Entry]:
        return self._frame.tools

    @property
    def account(self) -> list[navigation.Entry]:
        return self._frame.account

    @cached_property
    def hint(self) -> Hint | None:
        return hint()

    @cached_property
    def standing(self) -> str:
        return navigation.standing()

    def _in(self, code: str) -> str:
        pairs = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
        return f"{request.path}?{urlencode([*pairs, ('lang', code)])}"


def register(app: Flask) -> None:
    app.context_processor(lambda: {"page": Page()})
