"""What becomes of samples that were sent in: received, results, sent back."""

from app.accounts.models import User
from app.booking.events import OccurrenceEvent, ResultAdded, SamplesReceived, SamplesReturned
from app.booking.models import Booking, Occurrence, ResultFile
from app.booking.permissions import is_staff_of_all, labs_of
from app.booking.queries.bookings import get_booking
from app.booking.queries.results import list_results
from app.booking.rules.states import TAKEN, OccurrenceState
from app.booking.services.transitions import tell
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.files import Accepted
from app.core.text import one_line
from app.extensions import db
from app.inventory.models import Mode

LONGEST_TITLE = 200
MOST_RESULTS = 30
AGREED = TAKEN - {OccurrenceState.REQUESTED, OccurrenceState.PROPOSED}


@unit_of_work
def receive_samples(*, actor: User, reference: str) -> Booking:
    """The samples are in the lab; who sent them is told. Raises NotFound, Forbidden, WrongState."""
    booking = _get_served_by(actor, reference)
    _require(can_be_received(booking), "receive_samples", booking)
    booking.samples_received_at = now()
    _tell(SamplesReceived, booking, actor)
    return booking


@unit_of_work
def return_samples(*, actor: User, reference: str) -> Booking:
    """They are on their way back; who sent them is told. Raises NotFound, Forbidden, WrongState."""
    booking = _get_served_by(actor, reference)
    _require(can_be_returned(booking), "return_samples", booking)
    booking.samples_returned_at = now()
    _tell(SamplesReturned, booking, actor)
    return booking


@unit_of_work
def add_result(*, actor: User, reference: str, title: str, accepted: Accepted, file: str) -> ResultFile:
    """The row for a file that lies on disk already under this name; who sent the samples is told.

    Raises NotFound, Forbidden, WrongState, InvalidInput; the file is swept away then.
    """
    booking = _get_served_by(actor, reference)
    _require(may_have_results(booking), "add_result", booking)
    title = one_line(title)
    if not 0 < len(title) <= LONGEST_TITLE:
        raise InvalidInput(("title", "required" if not title else "too-long"))
    if len(list_results(booking)) >= MOST_RESULTS:
        raise InvalidInput(("file", "file-too-many"))
    result = ResultFile(
        booking_id=booking.id,
        title=title,
        media_type=accepted.media_type,
        size=len(accepted.data),
        sha256=accepted.sha256,
        file=file,
        uploaded_by_id=actor.id,
        created_at=now(),
    )
    db.session.add(result)
    db.session.flush()
    _tell(ResultAdded, booking, actor, title=title)
    return result


def can_be_received(booking: Booking) -> bool:
    return _agreed(booking) is not None and booking.samples_received_at is None


def can_be_returned(booking: Booking) -> bool:
    """They are there, and were to be sent back."""
    wanted = bool((booking.samples or {}).get("give_back"))
    return may_have_results(booking) and wanted and booking.samples_returned_at is None


def may_have_results(booking: Booking) -> bool:
    return _agreed(booking) is not None and booking.samples_received_at is not None


def may_serve(actor: User, booking: Booking) -> bool:
    """Say what becomes of the samples: the people of all its labs."""
    return is_staff_of_all(actor, labs_of(booking))


def _agreed(booking: Booking) -> Occurrence | None:
    """The first date that was agreed, where samples are sent in at all."""
    if booking.mode is not Mode.SAMPLES:
        return None
    return next((date for date in booking.occurrences if date.state in AGREED), None)


def _get_served_by(actor: User, reference: str) -> Booking:
    booking = get_booking(actor, reference, for_update=True)
    if not may_serve(actor, booking):
        raise Forbidden
    return booking


def _require(is_possible: bool, verb: str, booking: Booking) -> None:
    if not is_possible:
        raise WrongState(verb=verb, state=booking.occurrences[0].state.value)


def _tell(event: type[OccurrenceEvent], booking: Booking, actor: User, **more: str) -> None:
    date = _agreed(booking)
    assert date is not None  # noqa: S101 - asked before
    tell(event, date, actor, **more)
