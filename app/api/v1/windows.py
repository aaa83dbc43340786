"""Windows of time in an address: ?from=…&to=…"""

from datetime import datetime, timedelta
from typing import Any

from app.api.findings import Finding
from app.core.clock import now
from app.core.errors import InvalidInput
from app.core.spans import Span


def window(values: dict[str, Any], *, usual: timedelta, longest: timedelta) -> Span:
    """The window asked for. Without `from` it begins now, without `to` it is as long as usual.

    Raises InvalidInput.
    """
    start: datetime = values.get("starts") or now()
    end: datetime = values.get("ends") or start + usual
    if end <= start:
        raise InvalidInput(("to", Finding("ends_before_it_starts")))
    if end - start > longest:
        raise InvalidInput(("to", Finding("window_too_long", days=longest.days)))
    return Span(start, end)
