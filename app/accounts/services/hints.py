"""What somebody has read about the pages and does not need any more."""

from app.accounts.models import User
from app.core.db import unit_of_work

MOST = 50
"""Slugs kept; there are fewer hints."""


@unit_of_work
def put_hint_away(*, actor: User, slug: str) -> None:
    """Do not show it to this person again. A second time changes nothing."""
    if slug not in actor.hints_seen:
        actor.hints_seen = [*actor.hints_seen, slug][-MOST:]


@unit_of_work
def show_hints_again(*, actor: User) -> None:
    """All of them, as on the first day."""
    actor.hints_seen = []
