"""Which dates of a booking somebody means who has named some, or none."""

from collections.abc import Callable, Collection

from app.booking.models import Booking, Occurrence
from app.booking.rules.states import Verb
from app.core.errors import InvalidInput, NotFound, WrongState


def dates_meant(
    booking: Booking, ids: Collection[int], verb: Verb, is_possible: Callable[[Occurrence], bool]
) -> list[Occurrence]:
    """Those named, each of which has to be possible; without ids all that are.

    Raises NotFound for a date of another booking, and WrongState where one cannot be, or none.
    """
    named = [date for date in booking.occurrences if not ids or date.id in ids]
    if ids and len(named) != len(set(ids)):
        raise NotFound
    possible = [date for date in named if is_possible(date)]
    if not possible or (ids and len(possible) != len(named)):
        wrong = next(date for date in named if date not in possible)
        raise WrongState(verb=verb.value, state=wrong.state.value)
    return possible


def date_meant(
    booking: Booking, ids: Collection[int], verb: Verb, is_possible: Callable[[Occurrence], bool]
) -> Occurrence:
    """The one date meant. Raises as dates_meant does, and InvalidInput: which of several?"""
    possible = dates_meant(booking, ids, verb, is_possible)
    if len(possible) > 1:
        raise InvalidInput(("occurrences", "choose_one"))
    return possible[0]
