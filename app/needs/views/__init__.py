"""The pages of gaps and needs. Importing a module adds its pages to the blueprint."""

from app.needs.views import decide, gaps, needs, write
from app.needs.views.blueprint import blueprint

__all__ = ["blueprint", "decide", "gaps", "needs", "write"]
