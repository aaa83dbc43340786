"""A booking as its page shows it to one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Self
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.accounts.models import Role, User
from app.accounts.permissions import may_look_after_organisations
from app.booking.models import Booking, Comment, Occurrence, OccurrenceItem, Override, Proposal, SkippedDate
from app.booking.pages.around import Around, around
from app.booking.pages.checked import Checked, CheckedDate, checked, checked_date
from app.booking.pages.samples import SamplesPart
from app.booking.pages.status import is_overdue, labs_of, sentence
from app.booking.pages.story import Step, steps
from app.booking.permissions import (
    is_concerned,
    is_staff_of_any,
    may_accept,
    may_change,
    may_decide_in,
    may_override,
    may_pass_on,
    may_use,
)
from app.booking.ports import added
from app.booking.queries.comments import list_comments
from app.booking.queries.history import list_history
from app.booking.queries.mine import COMING
from app.booking.queries.overrides import list_overrides_of
from app.booking.queries.proposals import open_proposals
from app.booking.rules.states import HOLDING, OccurrenceState
from app.booking.services.add import can_be_added, check_skipped
from app.booking.services.cancel import can_be_cancelled, cancels_late, in_time_until
from app.booking.services.decide import awaits, evaluate_again, evaluate_all_again
from app.booking.services.evaluate import Evaluation
from app.booking.services.move import can_be_moved
from app.booking.services.pass_on import ahead, list_colleagues
from app.booking.services.rivals import rivals_of
from app.booking.services.transitions import source_of, sources_of
from app.booking.services.use import can_check_in, can_check_out
from app.booking.verdicts import Code
from app.booking.wording import MODES, RULE_NAMES, STATES, unit_name
from app.core.clock import now
from app.core.i18n import localized
from app.inventory.models import Equipment, Lab, Unit
from app.inventory.requirement_wording import several
from app.occupancy.queries import units_of
from app.web.filters import bdi
from app.web.formats import hours_text

EXTENSIONS = (15, 30, 60, 120)
"""By so many minutes one may ask to stay longer."""

Row = tuple[str, Markup | str | None]
"""A term and its value; None where there is nothing to say."""


def is_coming(date: Occurrence) -> bool:
    """Whether it is still to take place, or to be decided."""
    return date.state in COMING and date.ends_at > now()


def to_look_at(booking: Booking) -> Occurrence:
    """The date to show of a booking: the next to come, else the last that was."""
    return next((date for date in booking.occurrences if is_coming(date)), booking.occurrences[-1])


@dataclass(frozen=True)
class Listed:
    """A booking as a line of a list."""

    booking: Booking
    date: Occurrence
    is_coming: bool

    @classmethod
    def of(cls, booking: Booking) -> Self:
        date = to_look_at(booking)
        return cls(booking, date, is_coming(date))

    @property
    def zone(self) -> ZoneInfo:
        return self.date.items[0].equipment.lab.site.zone

    @property
    def state(self) -> str:
        return str(STATES[self.date.state])

    @property
    def sentence(self) -> str:
        return sentence(self.date)


@dataclass(frozen=True)
class BookingPage:
    """What the page says of one booking, and what this person may do with it."""

    booking: Booking
    date: Occurrence
    """The date that the page is about: the next to come, else the last that was."""
    who: User

    named: int | None = None
    """The id of the date, where it was chosen and is not the next one."""
    said: Mapping[str, str] = field(default_factory=dict)
    """What was typed into the answers to its dates."""

    @classmethod
    def of(
        cls, booking: Booking, who: User, date_id: int | None = None, said: Mapping[str, str] | None = None
    ) -> Self:
        """The page about this date of it; without one, or with one of another booking, about the next."""
        chosen = next((date for date in booking.occurrences if date.id == date_id), None)
        return cls(booking, chosen or to_look_at(booking), who, chosen.id if chosen else None, said or {})

    @cached_property
    def sentence(self) -> str:
        return sentence(self.date)

    @property
    def state(self) -> str:
        return self.state_of(self.date)

    def state_of(self, date: Occurrence) -> str:
        return str(STATES[date.state])

    def is_overdue(self, date: Occurrence) -> bool:
        return is_overdue(date)

    @property
    def mode(self) -> str:
        return str(MODES[self.booking.mode])

    @property
    def zone(self) -> ZoneInfo:
        return self.labs[0].site.zone

    @cached_property
    def labs(self) -> list[Lab]:
        return labs_of(self.date)

    @property
    def equipment(self) -> list[Equipment]:
        return [item.equipment for item in self.date.items]

    @cached_property
    def units(self) -> dict[int, list[Unit]]:
        """The units given to it, by equipment; tentative until it begins, and none before the lab's yes."""
        if self.date.state in (OccurrenceState.REQUESTED, OccurrenceState.PROPOSED):
            return {item.equipment_id: [] for item in self.date.items}
        given = units_of(sources_of([self.date]))
        return {item.equipment_id: given.get(source_of(item), []) for item in self.date.items}

    @property
    def along(self) -> Markup | None:
        """What came along with what was asked for."""
        return several([(item.equipment, item.quantity) for item in self.date.along])

    @property
    def brings(self) -> list[Row]:
        """What to know and to have with one before coming."""
        rows = [(localized(one), localized(one, "what_to_bring")) for one in self.equipment]
        rows += [(localized(lab), localized(lab, "directions")) for lab in self.labs]
        return [(term, bdi(value)) for term, value in rows if value] if self.date.state in HOLDING else []

    @property
    def details(self) -> list[Row]:
        """Where, which copy, and what is added around it."""
        rows: list[Row] = [(_("Where"), self._place(lab)) for lab in self.labs]
        for item in self.date.items:
            given = _(", ").join(unit_name(unit) for unit in self.units[item.equipment_id])
            term = localized(item.equipment) if item.is_required else _("Unit")
            rows.append((term, bdi(given) if given else None))
            around = self._buffers(item)
            rows.append((_("Set-up and clean-up"), around))
        return rows

    def _place(self, lab: Lab) -> Markup:
        parts = [localized(lab), lab.location, localized(lab.site)]
        return escape(_(", ")).join(bdi(part) for part in parts if part)

    def _buffers(self, item: OccurrenceItem) -> str | None:
        if not item.setup_minutes and not item.cleanup_minutes:
            return None
        return str(_("%(hours)s, all included", hours=hours_text(item.claimed_span, self.zone)))

    @cached_property
    def history(self) -> Sequence[Step]:
        return steps(list_history(self.date), self.date, self.zone)

    @cached_property
    def may_move(self) -> bool:
        return may_change(self.who, self.booking) and can_be_moved(self.date)

    @cached_property
    def may_cancel(self) -> bool:
        return may_change(self.who, self.booking) and can_be_cancelled(self.date)

    @cached_property
    def may_check_in(self) -> bool:
        return may_use(self.who, self.booking) and can_check_in(self.who, self.date)

    @cached_property
    def may_check_out(self) -> bool:
        return may_use(self.who, self.booking) and can_check_out(self.date)

    @cached_property
    def samples(self) -> SamplesPart | None:
        return SamplesPart.of(self.booking, self.who, self.zone)

    @property
    def may_comment(self) -> bool:
        """Whether this person reads and writes comments: both sides do, and nobody else."""
        is_sent = any(date.expires_at is None for date in self.booking.occurrences)
        return is_sent and is_concerned(self.who, self.booking)

    @cached_property
    def comments(self) -> Sequence[Comment]:
        return list_comments(self.who, self.booking)

    @cached_property
    def colleagues(self) -> Sequence[User]:
        """To whom this person may give the booking."""
        may = may_pass_on(self.who, self.booking) and ahead(self.booking)
        return list_colleagues(self.booking) if may else ()

    @property
    def extensions(self) -> tuple[int, ...]:
        """By how many minutes this person may ask to stay longer."""
        return EXTENSIONS if self.may_check_out else ()

    @property
    def may_change(self) -> bool:
        return may_change(self.who, self.booking)

    @cached_property
    def can_be_cancelled(self) -> list[Occurrence]:
        """The dates that this person may call off."""
        return [date for date in self.booking.occurrences if self.may_change and can_be_cancelled(date)]

    @cached_property
    def to_decide(self) -> list[tuple[Occurrence, CheckedDate]]:
        """The dates that wait for this person's answer, each with what is in the way of a yes now."""
        return [(date, checked_date(found)) for date, found in self._judged.items()]

    @cached_property
    def _judged(self) -> dict[Occurrence, Evaluation]:
        """Every rule asked again of the dates that wait for this person's answer, all at once."""
        waiting = [date for date in self.booking.occurrences if self._waits(date)]
        return dict(zip(waiting, evaluate_all_again(waiting), strict=True)) if waiting else {}

    def _waits(self, date: Occurrence) -> bool:
        return date.state is OccurrenceState.REQUESTED and date.expires_at is None and awaits(self.who, date)

    @property
    def may_decide_any(self) -> bool:
        """Whether any of its dates waits for this person's answer."""
        return any(self._waits(date) for date in self.booking.occurrences)

    @cached_property
    def skipped(self) -> list[tuple[SkippedDate, CheckedDate]]:
        """The dates that were left out and lie ahead, each with what is in its way now."""
        if self.booking.rrule is None:
            return []
        ahead = [one for one in self.booking.skipped if can_be_added(self.booking, one)]
        found = check_skipped(self.booking, ahead) if ahead else ()
        return list(zip(ahead, (checked_date(one) for one in found), strict=True))

    @cached_property
    def may_decide(self) -> bool:
        """Whether it waits for this person's answer."""
        return self._waits(self.date)

    @property
    def may_propose(self) -> bool:
        """Name another time: who decides in one of its labs, not its safety officer."""
        return self.may_decide and any(may_decide_in(self.who, lab.id) for lab in self.labs)

    @property
    def is_second(self) -> bool:
        """Whether the labs have agreed, and this person is asked as the safety officer."""
        return self.may_decide and all(item.agreed_at is not None for item in self.date.items)

    @cached_property
    def rivals(self) -> list[Occurrence]:
        """Who else asks for this time, where requests compete: for who decides."""
        return rivals_of(self.date) if self.may_decide and self.date.competes else []

    @cached_property
    def is_staff_of_all(self) -> bool:
        """Whether this person may set rules aside for it."""
        return may_override(self.who, {lab.id for lab in self.labs})

    @cached_property
    def may_override(self) -> bool:
        """Whether a rule holds no more, which this person may set aside."""
        return self.may_decide and self.checked.is_overridable and self.is_staff_of_all

    @cached_property
    def may_override_some(self) -> bool:
        """The same of any of the dates that wait for this person's answer."""
        return self.is_staff_of_all and any(found.is_overridable for _date, found in self.to_decide)

    @cached_property
    def overrides(self) -> Sequence[Override]:
        """What was set aside for it, for the labs' staff."""
        return list_overrides_of(self.who, self.booking)

    def rule_name(self, override: Override) -> str:
        return str(RULE_NAMES[Code(override.code)])

    @cached_property
    def is_staffs(self) -> bool:
        """Whether this person is of the staff of one of the labs."""
        return self.who.has_role(Role.ADMIN) or is_staff_of_any(self.who, {lab.id for lab in self.labs})

    @cached_property
    def late_from(self) -> datetime | None:
        """From when on calling it off is late; None where the lab asks for no notice."""
        if not self.may_cancel:
            return None
        judged = self._judged.get(self.date)
        rules = {id_: thing.rules for id_, thing in judged.things.items()} if judged else None
        until = in_time_until(self.date, rules)
        return until if until < self.date.starts_at else None

    @cached_property
    def would_be_late(self) -> bool:
        """Whether calling it off now would be."""
        return cancels_late(self.who, self.date)

    @cached_property
    def may_verify(self) -> bool:
        """Whether this person could vouch for the company, which nobody has yet."""
        organisation = self.booking.organisation
        return (
            not organisation.is_verified
            and organisation.closed_at is None
            and may_look_after_organisations(self.who)
        )

    @cached_property
    def may_accept(self) -> bool:
        """Whether this person may say yes to the lab's other time."""
        return may_accept(self.who, self.booking)

    @cached_property
    def proposal(self) -> Proposal | None:
        """The other time that waits for the company's answer."""
        if self.date.state is not OccurrenceState.PROPOSED:
            return None
        return open_proposals([self.date]).get(self.date.id)

    @cached_property
    def around(self) -> Around:
        return around(self.who, self.date, self._found.things)

    @cached_property
    def added(self) -> Sequence[Markup]:
        """What features above have to say of it."""
        return added(self.who, self.booking)

    @cached_property
    def checked(self) -> Checked:
        """Every rule asked again, for who decides."""
        return checked(self._found, instead=False)

    @cached_property
    def _found(self) -> Evaluation:
        return self._judged.get(self.date) or evaluate_again(self.date)
