"""What speaks for a need now."""

from datetime import timedelta

from app.core.clock import now
from app.core.spans import Span
from app.needs.models import Need
from app.needs.queries import gaps
from app.needs.rules.evidence import Evidence
from app.needs.rules.gap import FORMULA

WINDOW = timedelta(days=90)


def recent() -> Span:
    """The window of evidence: the last ninety days."""
    return Span(now() - WINDOW, now())


def current_evidence(need: Need) -> Evidence:
    """The figures of the need's category in its lab as they are now."""
    window = recent()
    return Evidence.of(
        gaps.find_gap(need.category_id, need.lab_id, window),
        quantity=need.quantity,
        computed_on=now().astimezone(need.lab.site.zone).date(),
        window=window,
        formula=FORMULA,
    )


def has_gap(category_id: int, lab_id: int) -> bool:
    """Whether hours were missed there lately."""
    gap = gaps.find_gap(category_id, lab_id, recent())
    return gap is not None and gap.unmet_minutes > 0
