"""Who looks at a page: the person who has signed in, or nobody."""

from flask_login import current_user

from app.accounts.models import User


def viewer() -> User | None:
    """The person who has signed in; None for everybody else."""
    return current_user._get_current_object() if current_user.is_authenticated else None
