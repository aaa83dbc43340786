"""The days by which offers are answered."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.extensions import db
from app.inventory.models import Site


def days_off() -> Callable[[date], bool]:
    """Whether the university's offices are closed on a day."""
    site = db.session.scalar(
        select(Site)
        .order_by(Site.id)
        .limit(1)
        .options(selectinload(Site.working_hours), selectinload(Site.holidays))
    )
    weekdays = {hours.weekday for hours in site.working_hours} if site else set()
    holidays = {holiday.on for holiday in site.holidays} if site else set()
    return lambda day: bool(weekdays) and (day.weekday() not in weekdays or day in holidays)
