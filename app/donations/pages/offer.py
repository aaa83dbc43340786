"""One offer as its page shows it to one person; and as a line of the list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from app.accounts.models import User
from app.core.clock import now
from app.donations.models import Allocation, FileKind, Offer, OfferFile, OfferLine
from app.donations.pages.path import Arrival, Step, arrival_of, path_of
from app.donations.path_wording import happened, is_overdue, next_step
from app.donations.permissions import may_offer_for, may_see_offers
from app.donations.queries.deliveries import arrived_of
from app.donations.queries.files import list_files
from app.donations.queries.story import (
    Came,
    Copy,
    list_copies,
    list_deliveries,
    list_history,
    waiting_units,
)
from app.donations.rules.states import LIVE, Verb, after
from app.inventory.models import Unit, UnitStatus
from app.inventory.queries.places import home_today, home_zone
from app.inventory.wording import UNIT_STATUSES
from app.web.formats import moment_short_text

LOOKS = {UnitStatus.AWAITING_INSPECTION: "wait", UnitStatus.INSPECTED: "info"}


@dataclass(frozen=True)
class Listed:
    """An offer as a line of the list."""

    offer: Offer
    today: date
    arrived: int
    units: Counter[UnitStatus]

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.offer, self.today)

    @property
    def allocations(self) -> list[Allocation]:
        return live_of(self.offer)

    @property
    def next(self) -> str:
        return next_step(
            self.offer,
            today=self.today,
            awaiting=self.units[UnitStatus.AWAITING_INSPECTION],
            inspected=self.units[UnitStatus.INSPECTED],
            owed=sum(line.quantity for line in self.offer.lines) - self.arrived,
        )


def listed(offers: Sequence[Offer]) -> list[Listed]:
    """The offers as lines, with what is counted of all of them at once."""
    today = home_today()
    here = arrived_of([line.id for offer in offers for line in offer.lines])
    units = waiting_units([offer.id for offer in offers])
    return [
        Listed(
            offer,
            today,
            sum(here.get(line.id, 0) for line in offer.lines),
            units.get(offer.id, Counter()),
        )
        for offer in offers
    ]


def live_of(offer: Offer) -> list[Allocation]:
    """What of it is meant for which need; what was released is history."""
    return [one for line in offer.lines for one in line.allocations if one.state in LIVE]


@dataclass(frozen=True)
class OfferPage:
    """What the page says of one offer, and what the one who reads may see."""

    offer: Offer
    who: User

    @property
    def gives(self) -> bool:
        """Whether the reader belongs to the giving side."""
        return may_offer_for(self.who, self.offer.organisation_id)

    @property
    def is_staff(self) -> bool:
        return may_see_offers(self.who)

    @cached_property
    def zone(self) -> ZoneInfo:
        return home_zone()

    @cached_property
    def today(self) -> date:
        return now().astimezone(self.zone).date()

    @cached_property
    def photos(self) -> Sequence[OfferFile]:
        return [one for one in self._files if one.kind is FileKind.PHOTO]

    @cached_property
    def letter(self) -> OfferFile | None:
        return next((one for one in self._files if one.kind is FileKind.AGREEMENT), None)

    @cached_property
    def _files(self) -> Sequence[OfferFile]:
        return list_files(self.offer.id)

    @cached_property
    def deliveries(self) -> dict[int, list[Came]]:
        return list_deliveries(self.offer)

    @cached_property
    def copies(self) -> list[Copy]:
        return list_copies(self.offer)

    @cached_property
    def arrival(self) -> Arrival:
        return arrival_of(self.offer, self._came, self.copies)

    @cached_property
    def path(self) -> list[Step]:
        return path_of(self.offer, self._came, self.copies, self.arrival, self.zone)

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.offer, self.today)

    @cached_property
    def sentence(self) -> str:
        arrival = self.arrival
        return next_step(
            self.offer,
            today=self.today,
            awaiting=arrival.awaiting,
            inspected=arrival.inspected,
            owed=arrival.owed,
        )

    @cached_property
    def history(self) -> list[Step]:
        return [
            Step(happened(one), moment_short_text(one.at, self.zone), "done")
            for one in list_history(self.offer)
        ]

    @property
    def waits(self) -> bool:
        """For an answer."""
        return after(Verb.DECLINE, self.offer.state) is not None

    @property
    def may_withdraw(self) -> bool:
        return self.gives and after(Verb.WITHDRAW, self.offer.state) is not None

    @property
    def may_submit(self) -> bool:
        return self.gives and after(Verb.SUBMIT, self.offer.state) is not None

    def number_of(self, copy: Copy) -> int:
        """1, 2, 3 … in the order in which the units came."""
        return self.copies.index(copy) + 1

    def line_of(self, copy: Copy) -> OfferLine:
        """What the unit was offered as."""
        return next(one for one in self.offer.lines if one.id == copy.donated.consignment_line.line_id)

    def status_of(self, unit: Unit) -> str:
        return str(UNIT_STATUSES[unit.status])

    def look_of(self, unit: Unit) -> str:
        """The pill of components/state.html."""
        return LOOKS.get(unit.status, unit.status.value)

    def owed_of(self, line_id: int) -> int:
        """How many of a line have not come yet."""
        (line,) = (one for one in self.offer.lines if one.id == line_id)
        return line.quantity - sum(one.received + one.damaged for one in self.deliveries[line_id])

    @property
    def _came(self) -> list[Came]:
        return [one for came in self.deliveries.values() for one in came]
