"""When somebody may say that they came or left, and what that makes of the time. Pure."""

from datetime import datetime, timedelta

from app.core.spans import Span

EARLY = timedelta(minutes=15)
"""So long before it begins one may check in."""
LEAST = timedelta(minutes=1)
"""What is kept at least of a date that ends early: a span has a length."""


def may_come(span: Span, at: datetime) -> bool:
    """Whether somebody who comes now comes for this."""
    return span.start - EARLY <= at < span.end


def ended(span: Span, at: datetime) -> datetime:
    """When it ended, for who leaves now: never before it has begun."""
    return max(at, span.start + LEAST)
