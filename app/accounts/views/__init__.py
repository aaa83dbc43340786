"""Pages about accounts."""

from app.accounts.views import account, invitation, organisation, register, reset, sessions, sign_in, tokens
from app.accounts.views.blueprint import blueprint

__all__ = [
    "account",
    "blueprint",
    "invitation",
    "organisation",
    "register",
    "reset",
    "sessions",
    "sign_in",
    "tokens",
]
