"""What schemathesis cannot know: which things there are, and when the labs are open.

Without it nearly every right call would be refused for a time long past or a thing that does not exist,
and nothing would happen that could break an invariant. Wrong calls go out as they were made.
"""

import itertools
from datetime import timedelta
from typing import Any

import schemathesis

from tests.cast import NOW

FIRST = NOW.replace(hour=5, minute=30)
"""Sunday, 9:00 in Tehran; in the half hour before, a booking could still be asked for."""
HALF_HOURS = 40 * 48
SLUGS = {"lab": ("materials", "electronics"), "category": ("spectroscopy", "raman-spectroscopy", "soldering")}
_numbers = itertools.count()


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Make a right call one that can come true. The same calls in the same order are made the same way."""
    number = next(_numbers)
    if case.headers and case.headers.get("Idempotency-Key") and number % 4:
        # The same key for every call would be refused as a mistake; one in four may be one.
        # Cut at a blank it would begin with one, which no header does.
        case.headers["Idempotency-Key"] = f"{case.headers['Idempotency-Key']}{number}"[-100:].lstrip()
    if case.meta is not None and case.meta.generation.mode.is_positive and isinstance(case.body, dict):
        case.body = _likely(case.body, number)


def _likely(body: dict[str, Any], number: int) -> dict[str, Any]:
    body = dict(body)
    if {"starts_at", "ends_at"} <= body.keys():
        starts = FIRST + timedelta(minutes=30 * (number * 7 % HALF_HOURS))
        body["starts_at"] = starts.isoformat()
        body["ends_at"] = (starts + timedelta(minutes=30 * (1 + number % 3))).isoformat()
    for name, slugs in SLUGS.items():
        if name in body:
            body[name] = slugs[number % len(slugs)]
    if isinstance(body.get("equipment"), list):
        things = {1 + (number + n) % 4: thing for n, thing in enumerate(body["equipment"])}
        body["equipment"] = [{**thing, "id": id_, "quantity": 1} for id_, thing in things.items()]
    elif isinstance(body.get("equipment"), int):
        body["equipment"] = 1 + number % 4
    if body.get("organisation") is not None:
        body.pop("organisation")  # their own
    return body
