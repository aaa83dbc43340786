"""The pages of gifts. Importing a module adds its pages to the blueprint."""

from app.donations.views import files
from app.donations.views.blueprint import blueprint

__all__ = ["blueprint", "files"]
