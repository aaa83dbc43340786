"""Whether a calendar page has changed, without drawing it."""

import hashlib
import json
from datetime import datetime, timedelta

from app.accounts.models import User
from app.calendars.services.versions import NAMES, RESTORED, program_version
from app.core.event_log import counters
from app.core.i18n import language
from app.site.calendar.chosen import Chosen

BEAT = timedelta(minutes=5)
"""The line of now moves in steps of this, and with it what is free now."""


def version_of(viewer: User | None, chosen: Chosen, now: datetime) -> str:
    """Equal as long as the same person would see the same page.

    Every change of state counts up the topic of its labs. What changes without an event (opening hours,
    a name) is seen with the next beat of the line of now.
    """
    counted = counters({*(f"lab:{lab.id}" for lab in chosen.labs), NAMES, RESTORED})
    parts = [
        program_version(),
        viewer.id if viewer is not None else 0,
        language(),
        sorted(chosen.query(page=chosen.page, shut=frozenset()).items()),
        chosen.today.isoformat(),
        int(now.timestamp() // BEAT.total_seconds()),
        sorted((topic, number) for topic, (number, _) in counted.items()),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]
