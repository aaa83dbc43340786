"""The pages of money. Importing a module adds its pages to the blueprint."""

from app.charges.views import quotes, statements
from app.charges.views.blueprint import blueprint

__all__ = ["blueprint", "quotes", "statements"]
