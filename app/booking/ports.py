"""What booking asks of features above it, which the registry wires."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from app.accounts.models import Organisation, User
from app.booking.models import Booking
from app.booking.rules.facts import Wish

NextTrainings = Callable[[Collection[int]], Mapping[int, datetime]]
"""For equipment by id: when people are next trained in it. One that is left out has no date."""

Foretold = Callable[[Organisation | None, Sequence[Wish]], Markup]
"""A part of the page on which one asks, about these wishes of an organisation; None: not known yet."""
Added = Callable[[User, Booking], Markup]
"""A part of a booking's page, for this person; '' where there is none."""

_next_trainings: list[NextTrainings] = []


def provide(*, next_trainings: NextTrainings) -> None:
    """Take the provider of dates of trainings."""
    _next_trainings[:] = [next_trainings]


_foretold: list[Foretold] = []
_added: list[Added] = []


def provide_parts(*, foretold: Foretold, added: Added) -> None:
    """Take what a feature above adds to the pages."""
    _foretold[:], _added[:] = [foretold], [added]


def foretold(organisation: Organisation | None, wishes: Sequence[Wish]) -> Sequence[Markup]:
    """What features above say of the wishes before anybody asks."""
    return [part for tell in _foretold if wishes and (part := tell(organisation, wishes))]


def added(viewer: User, booking: Booking) -> Sequence[Markup]:
    """What features above have for this person on the booking's page."""
    return [part for show in _added if (part := show(viewer, booking))]


def next_trainings(equipment_ids: Collection[int]) -> Mapping[int, datetime]:
    """The next training of each equipment that has one; nothing where nobody keeps a list of them."""
    return next((ask(equipment_ids) for ask in _next_trainings), {}) if equipment_ids else {}
