"""Who looks at a page, as the services know people: the row itself, not Flask-Login's stand-in for it."""

from typing import cast

from flask_login import current_user

from app.accounts.models import User


def viewer() -> User | None:
    """The person who has signed in; None for everybody else."""
    return cast(User, current_user._get_current_object()) if current_user.is_authenticated else None


def person() -> User:
    """The person who has signed in, on pages that nobody else reaches."""
    found = viewer()
    if found is None:
        raise RuntimeError("this page is not behind access.signed_in or access.requires")
    return found
