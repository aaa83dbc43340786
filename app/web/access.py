"""Who may reach an endpoint. Each wears exactly one of these; a test reads them all.

They answer "may this person come in here at all". What the person may do to a particular booking or
lab is decided in the service, by the feature's permissions.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from flask import abort, current_app
from flask_login import current_user

P = ParamSpec("P")
T = TypeVar("T")

MARK = "access"


class Actor(Protocol):
    """What the web knows of a person: enough for menus and doors. accounts.User is one."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def language(self) -> str: ...

    @property
    def is_authenticated(self) -> bool: ...

    def has_role(self, *roles: Any, lab_id: int | None = None) -> bool: ...


def public(view: Callable[P, T]) -> Callable[P, T]:
    """Anybody, signed in or not."""
    setattr(view, MARK, "public")
    return view


def signed_in(view: Callable[P, T]) -> Callable[P, T]:
    """Anybody with an account; others are asked to sign in and brought back."""
    return _guarded(view, "signed_in", roles=())


def requires(*roles: Any) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Who has one of the roles anywhere. For others the page does not exist."""

    def decorate(view: Callable[P, T]) -> Callable[P, T]:
        return _guarded(view, "requires " + ", ".join(sorted(map(str, roles))), roles=roles)

    return decorate


def declared(view: Callable[..., Any]) -> str | None:
    """What an endpoint declared, or None when it forgot."""
    return getattr(view, MARK, None)


def _guarded(view: Callable[P, T], mark: str, roles: Iterable[Any]) -> Callable[P, T]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        if not current_user.is_authenticated:
            return cast(T, current_app.login_manager.unauthorized())  # type: ignore[attr-defined]
        if roles and not current_user.has_role(*roles):
            abort(404)
        return view(*args, **kwargs)

    setattr(guarded, MARK, mark)
    return guarded
