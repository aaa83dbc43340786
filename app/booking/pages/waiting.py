"""A wish that waits, as its page shows it to one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cached_property
from typing import Self
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.accounts.models import User
from app.booking.models import WaitlistEntry, WaitlistOffer, WaitState
from app.booking.permissions import may_answer_for, may_remove_from_waitlist
from app.booking.queries.waitlist import places
from app.booking.rules.waiting import ACTIVE
from app.booking.wording import MODES, WAITS
from app.core.i18n import localized
from app.core.spans import Span
from app.inventory.queries.places import home_zone
from app.web.formats import day_text, duration_text, moment_text, number_text


@dataclass(frozen=True)
class WaitPage:
    """What is said of one wish, and what this person may do with it."""

    entry: WaitlistEntry
    place: int | None
    """In the queue, from 1, as long as it waits."""
    who: User

    @classmethod
    def of(cls, entries: Sequence[WaitlistEntry], who: User) -> list[Self]:
        at = places(entries)
        return [cls(entry, at.get(entry.id), who) for entry in entries]

    @property
    def what(self) -> str:
        return localized(self.entry.equipment or self.entry.category)

    @property
    def zone(self) -> ZoneInfo:
        equipment = self.offer.equipment if self.offer else self.entry.equipment
        lab = equipment.lab if equipment else self.entry.lab
        return lab.site.zone if lab else home_zone()

    @cached_property
    def offer(self) -> WaitlistOffer | None:
        return self.entry.open_offer

    @property
    def state(self) -> str:
        return str(WAITS[self.entry.state])

    @property
    def mode(self) -> str:
        return str(MODES[self.entry.mode])

    @property
    def is_active(self) -> bool:
        return self.entry.state in ACTIVE

    @property
    def may_answer(self) -> bool:
        return self.is_active and may_answer_for(self.who, self.entry)

    @property
    def may_remove(self) -> bool:
        """Whether this person may let them wait no longer, and is not the one who waits."""
        return self.is_active and not self.may_answer and may_remove_from_waitlist(self.who, self.entry)

    @property
    def sentence(self) -> str:
        """How it stands, and what comes next."""
        match self.entry.state:
            case WaitState.OFFERED if self.offer:
                when = moment_text(self.offer.expires_at, self.zone)
                return str(_("It is held until %(when)s; then the next one has it.", when=when))
            case WaitState.WAITING:
                return self._place()
            case WaitState.EXPIRED if not self.entry.offers:
                return str(_("Nothing became free in time. The university sees these hours as missing."))
            case WaitState.EXPIRED:
                return str(_("Nothing else became free in time."))
            case WaitState.LAPSED:
                return str(_("Time was held three times and nobody answered."))
            case _:
                return ""

    def _place(self) -> str:
        until = day_text(self.entry.wanted_to, self.zone)
        if self.place == 1:
            return str(_("You are the next. You wait until %(day)s.", day=until))
        place = number_text(self.place or 0)
        return str(_("You are number %(place)s. You wait until %(day)s.", place=place, day=until))

    @property
    def wish(self) -> str:
        """Any three hours of it, two of them."""
        length = duration_text(self.entry.minutes)
        if self.entry.quantity > 1:
            return str(
                _("%(length)s, %(count)s of them", length=length, count=number_text(self.entry.quantity))
            )
        return length


def to_wait_for(
    *,
    window: Span,
    zone: ZoneInfo,
    minutes: int,
    quantity: int = 1,
    equipment_id: int | None = None,
    category_id: int | None = None,
) -> str:
    """The query that opens the page for joining the waitlist with this filled in. Whole days go without
    their times."""
    first, last = (at.astimezone(zone).replace(tzinfo=None) for at in (window.start, window.end))
    ends_a_day = last.time() == time()
    values = {
        "equipment": equipment_id,
        "category": category_id,
        "length": f"{minutes // 60}:{minutes % 60:02}",
        "quantity": quantity if quantity > 1 else None,
        "from": first.date(),
        "start": None if first.time() == time() else f"{first:%H:%M}",
        "until": last.date() - timedelta(days=1) if ends_a_day else last.date(),
        "end": None if ends_a_day else f"{last:%H:%M}",
    }
    return urlencode({name: value for name, value in values.items() if value is not None})
