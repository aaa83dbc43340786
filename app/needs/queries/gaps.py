"""The gap of a category in a lab."""

from app.core.spans import Span
from app.needs.rules.gap import Gap


def find_gap(category_id: int, lab_id: int, window: Span) -> Gap | None:  # noqa: ARG001 - to be computed
    """What was missed of the category in the lab over the window; None where nothing was."""
    return None


def list_gaps(
    window: Span,  # noqa: ARG001 - to be computed
    *,
    lab_id: int | None = None,  # noqa: ARG001
    category_id: int | None = None,  # noqa: ARG001
) -> list[Gap]:
    """All that was missed over the window, the most unmet minutes first."""
    return []
