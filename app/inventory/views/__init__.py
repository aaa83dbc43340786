"""The catalogue and the pages of labs. Importing a module adds its pages to the blueprint."""

from app.inventory.views import catalogue, faults, files, labs
from app.inventory.views.blueprint import blueprint

__all__ = ["blueprint", "catalogue", "faults", "files", "labs"]
