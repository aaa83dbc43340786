"""What became of samples, as both sides see it on the booking's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.accounts.models import User
from app.booking.models import Booking, ResultFile
from app.booking.pages.story import Step
from app.booking.permissions import is_concerned
from app.booking.queries.results import list_results
from app.booking.services.sample_steps import can_be_received, can_be_returned, may_have_results, may_serve
from app.web.formats import moment_short_text


@dataclass(frozen=True)
class SamplesPart:
    """Steps, files, and what this person may say of them."""

    steps: list[Step]
    results: Sequence[ResultFile]
    may_receive: bool
    may_return: bool
    may_add: bool

    @classmethod
    def of(cls, booking: Booking, who: User, zone: ZoneInfo) -> Self | None:
        """None where no samples were agreed, and for who is not concerned."""
        is_agreed = can_be_received(booking) or may_have_results(booking)
        if not is_agreed or not is_concerned(who, booking):
            return None
        results, serves = list_results(booking), may_serve(who, booking)
        return cls(
            _steps(booking, results, zone),
            results,
            may_receive=serves and can_be_received(booking),
            may_return=serves and can_be_returned(booking),
            may_add=serves and may_have_results(booking),
        )


def _steps(booking: Booking, results: Sequence[ResultFile], zone: ZoneInfo) -> list[Step]:
    first = results[0].created_at if results else None
    rows = [(_("Received"), booking.samples_received_at), (_("Results"), first)]
    if (booking.samples or {}).get("give_back") or booking.samples_returned_at:
        rows.append((_("Sent back"), booking.samples_returned_at))
    return [_step(text, at, zone) for text, at in rows]


def _step(text: str, at: datetime | None, zone: ZoneInfo) -> Step:
    return Step(text, moment_short_text(at, zone) if at else "", "done" if at else "ahead")
