"""Where the pages of inventory are registered."""

from flask import Blueprint
from flask_login import current_user

from app.accounts.models import User

blueprint = Blueprint("inventory", __name__, template_folder="../templates")


def viewer() -> User | None:
    """Who looks, for queries: None for somebody who is not signed in."""
    return current_user._get_current_object() if current_user.is_authenticated else None
