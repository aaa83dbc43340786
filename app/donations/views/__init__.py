"""The pages of gifts. Importing a module adds its pages to the blueprint."""

from app.donations.views import answer, arrival, confirm, files, give, impact, offers
from app.donations.views.blueprint import blueprint

__all__ = ["answer", "arrival", "blueprint", "confirm", "files", "give", "impact", "offers"]
