"""What a link in a letter asks, as its page shows it, and what became of it where nothing waits any more."""

from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.accounts.models import User
from app.booking.models import AnswerPurpose, Booking, Occurrence, OccurrenceState
from app.booking.pages.booking import BookingPage
from app.booking.pages.checked import CheckedDate
from app.booking.queries.answer_links import name_of
from app.booking.services.answer_links import Opened
from app.core.text import isolated
from app.web.formats import moment_text


@dataclass(frozen=True)
class AnswerPage:
    """The page of a link, for the person it was written to."""

    opened: Opened

    @property
    def who(self) -> User:
        return self.opened.link.user

    @property
    def booking(self) -> Booking:
        return self.opened.booking

    @property
    def zone(self) -> ZoneInfo:
        return self.case.zone

    @cached_property
    def case(self) -> BookingPage:
        """The booking as this person would see it, at the first date that waits."""
        first = next(iter(self.opened.waiting or self.opened.dates or self.booking.occurrences))
        return BookingPage.of(self.booking, self.who, first.id)

    @cached_property
    def checked(self) -> list[tuple[Occurrence, CheckedDate]]:
        """Every date that waits, with what is in the way of a yes now."""
        asked = {date.id for date in self.opened.waiting}
        return [(date, found) for date, found in self.case.to_decide if date.id in asked]

    @property
    def is_changed_in_part(self) -> bool:
        """Whether some of what the letter asked does not wait any more."""
        return bool(self.opened.waiting) and len(self.opened.waiting) < len(self.opened.link.dates)

    @property
    def outcomes(self) -> list[tuple[Occurrence, str, str]]:
        """Of each date of the letter: its state in words, and who answered it when."""
        return [(date, self.case.state_of(date), self._outcome(date)) for date in self.opened.dates]

    def _outcome(self, date: Occurrence) -> str:
        link = self.opened.link
        if link.purpose is AnswerPurpose.ACCEPT:
            if link.used_at is None or date.state is OccurrenceState.PROPOSED:
                return str(_("The time is not held for your answer any more."))
            return str(_("You accepted it on %(when)s.", when=moment_text(link.used_at, self.zone)))
        agreed = [item for item in date.items if item.agreed_at and item.agreed_at >= link.created_at]
        if date.decided_at is not None and date.decided_at >= link.created_at:
            return self._answered(date.decided_by_id, moment_text(date.decided_at, self.zone))
        if date.state is OccurrenceState.REQUESTED and agreed and agreed[0].agreed_at:
            return self._answered(agreed[0].agreed_by_id, moment_text(agreed[0].agreed_at, self.zone))
        return str(_("It has changed since the letter to you was written."))

    def _answered(self, user_id: int | None, when: str) -> str:
        if user_id == self.who.id:
            return str(_("You answered it on %(when)s.", when=when))
        name = name_of(user_id)
        if name is None:
            return str(_("It was answered on %(when)s.", when=when))
        return str(_("%(who)s answered it on %(when)s.", who=isolated(name), when=when))
