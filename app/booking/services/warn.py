"""Telling people in time that their authorisation ends."""

from datetime import timedelta

from app.booking.events import AuthorisationEnds
from app.booking.queries.authorisations import list_ending
from app.booking.rules.access import warning_due
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.events import publish_together


@unit_of_work
def warn_of_authorisations() -> int:
    """Tell who may work alone for 30 days more, or for 7, once each; how many were told.

    Whoever has another authorisation for the same that lasts longer is left alone.
    """
    told = []
    for one in list_ending(now().date(), timedelta(days=30)):
        days = warning_due(now().astimezone(one.lab.site.zone).date(), one.valid_until, one.warned_days)
        if days is None or one.valid_until is None:
            continue
        one.warned_days = days
        told.append(
            AuthorisationEnds(
                actor_id=None,
                subject_id=one.id,
                lab_id=one.lab_id,
                user_id=one.user_id,
                valid_until=one.valid_until,
                days=days,
            )
        )
    if told:
        publish_together(told)
    return len(told)
