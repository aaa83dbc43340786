"""What the sign beside an instrument leads to: who has it now, and who comes next."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from zoneinfo import ZoneInfo

from app.accounts.models import User
from app.booking.models import Occurrence
from app.booking.permissions import may_use
from app.booking.queries.presence import list_expected
from app.booking.rules.presence import EARLY
from app.booking.services.use import can_check_in, can_check_out
from app.booking.wording import STATES
from app.core.clock import now
from app.core.spans import Span
from app.inventory.models import Equipment, Unit

AHEAD = timedelta(days=1)
"""So far ahead the next one is looked for."""


@dataclass(frozen=True)
class HereDate:
    """A date as this person sees it at the instrument."""

    date: Occurrence
    who: User

    @property
    def is_open(self) -> bool:
        """Whether they may know whose it is, and say that they came."""
        return may_use(self.who, self.date.booking)

    @property
    def may_check_in(self) -> bool:
        return self.is_open and can_check_in(self.who, self.date)

    @property
    def may_check_out(self) -> bool:
        return self.is_open and can_check_out(self.date)

    @property
    def state(self) -> str:
        return str(STATES[self.date.state])


@dataclass(frozen=True)
class HerePage:
    """The page of one unit's place."""

    equipment: Equipment
    unit: Unit
    present: list[HereDate]
    """Those whose time it is, and those who may come in already."""
    next: HereDate | None

    @classmethod
    def of(cls, equipment: Equipment, unit: Unit, who: User) -> Self:
        dates = [HereDate(date, who) for date in list_expected(equipment.id, Span(now(), now() + AHEAD))]
        present = [one for one in dates if one.date.starts_at - EARLY <= now()]
        return cls(equipment, unit, present, next((one for one in dates if one not in present), None))

    @property
    def zone(self) -> ZoneInfo:
        return self.equipment.lab.site.zone

    @property
    def is_busy(self) -> bool:
        """Whether somebody has some of it at this moment."""
        return any(one.date.starts_at <= now() for one in self.present)
