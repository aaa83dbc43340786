"""The pages of gifts. Importing a module adds its pages to the blueprint."""

from app.donations.views import confirm, files, give
from app.donations.views.blueprint import blueprint

__all__ = ["blueprint", "confirm", "files", "give"]
