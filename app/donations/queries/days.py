"""The days by which offers are answered and last."""

from datetime import date

from app.core.clock import now
from app.inventory.queries.places import home_zone


def today_at_home() -> date:
    """The day it is at the university."""
    return now().astimezone(home_zone()).date()
