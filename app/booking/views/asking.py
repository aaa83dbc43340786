"""The request page as it is filled in: its form, the equipment, and what is found out about it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app.accounts.models import Organisation, Role, User
from app.accounts.queries import find_unclaimed_organisation
from app.accounts.viewer import viewer
from app.booking.forms import SERIES_FIELDS, FirstRequestForm, RequestForm, StaffRequestForm, TimeForm
from app.booking.pages.checked import Checked, CheckedDate, checked, checked_date, filled_in
from app.booking.permissions import LAB_STAFF, may_book_for_others
from app.booking.ports import foretold
from app.booking.queries.along import with_required
from app.booking.queries.things import list_beside, list_equipment_with_place, may_take_days
from app.booking.rules.facts import Things, Want, Wish
from app.booking.rules.recurrence import MOST_DATES, Recurrence, read_exdate
from app.booking.services.evaluate import Evaluation
from app.booking.services.newcomers import check_dates_for_company, find_company
from app.booking.services.request import Request, check_dates
from app.booking.verdicts import Code, block
from app.booking.wording import MODE_HINTS, MODES, REFUSALS, worded
from app.core.errors import DomainError, InvalidInput
from app.core.i18n import localized
from app.core.spans import Span
from app.core.zones import BadLocalTime
from app.inventory.models import Equipment, Mode
from app.inventory.queries.equipment import get_several
from app.inventory.requirement_wording import several
from app.web.fields import local_span
from app.web.formats import weekday_text
from app.web.forms import choices_of

LONGEST = timedelta(days=366)
"""What lasts longer is mistyped. The lab's own limit is a rule, with a verdict."""

A_MONDAY = date(2024, 1, 1)

USUAL = timedelta(hours=1)
"""How long a wish is that names only its beginning."""


@dataclass
class Asking:
    """What somebody has filled in so far."""

    form: RequestForm
    equipment: Sequence[Equipment]
    who: User | None
    values: MultiDict[str, str]
    """All that was sent."""
    found: Checked | None = field(default=None)
    dates: Sequence[CheckedDate] = ()
    """Of a series: every date of its rule, with what is said to it."""
    leaves_out: bool = False
    """Whether the dates that cannot be had are to be left out."""
    wishes: Sequence[Wish] = ()
    """What was looked at: every date that is wanted."""
    things: Mapping[int, Things] = field(default_factory=dict)
    """What is known of what was looked at."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the clock on the wall of the lab."""
        return self.equipment[0].lab.site.zone

    @property
    def mode_hints(self) -> dict[str, str]:
        """What each way of working means, in a word."""
        return {mode.value: str(words) for mode, words in MODE_HINTS.items()}

    @property
    def offers_samples(self) -> bool:
        return any(Mode.SAMPLES in one.modes for one in self.equipment)

    @property
    def may_take_days(self) -> bool:
        if not self.things:
            return may_take_days(self.equipment)
        return all(self.things[one.id].rules.may_take_days for one in self.equipment)

    @property
    def beside(self) -> Sequence[Equipment]:
        """What could be asked for along with it."""
        return list_beside(self.equipment)

    @cached_property
    def along(self) -> Markup | None:
        """What comes along with it in this way of working."""
        wants = self.wishes[0].wants if self.wishes else self._wants
        many = {want.equipment_id: want.quantity for want in wants if want.is_required}
        return several([(one, many[one.id]) for one in list_equipment_with_place(many)]) if many else None

    @property
    def _wants(self) -> Sequence[Want]:
        return with_required(self.form.equipment.data, self.form.mode.data)

    @cached_property
    def span(self) -> Span | None:
        """The span as typed, once the form is validated; what is wrong with it is said at its fields."""
        return span_of(self.form, self.zone)

    @property
    def request(self) -> Request | None:
        """The request as typed; None while the time is missing or wrong."""
        if self.span is None:
            return None
        form = self.form
        return Request(
            wants=form.equipment.data,
            span=self.span,
            mode=Mode(form.mode.data),
            purpose=form.purpose.data or "",
            organisation_id=self._organisation_id(),
            people=form.people.data or (),
            samples=form.samples,
            note=form.note.data or "",
            recurrence=self.recurrence,
            override=self._override(),
        )

    @property
    def recurrence(self) -> Recurrence | None:
        """How the time comes again, without the dates that were taken out."""
        rule = self.form.rrule if "repeat" in self.form else None
        return Recurrence(rule, self.left_out, self.leaves_out) if rule else None

    @cached_property
    def left_out(self) -> list[datetime]:
        """The dates that stood on the page without their tick."""
        ticked = set(self.values.getlist("take"))
        found = (_read(text) for text in self.values.getlist("of")[:MOST_DATES] if text not in ticked)
        return [one for one in found if one is not None]

    @property
    def wanted(self) -> list[CheckedDate]:
        return [one for one in self.dates if one.is_wanted]

    @property
    def free(self) -> list[CheckedDate]:
        """The wanted dates that can be had."""
        return [one for one in self.wanted if one.allowed]

    @property
    def address(self) -> str:
        """Where this page is found again with equipment and time filled in."""
        span = None if self.form.errors else self.span
        query = filled_in(self.form.equipment.data, span, self.zone, self.form.mode.data)
        return f"{url_for('booking.new')}?{query}"

    @property
    def company(self) -> str:
        """The company that the lab's staff ask for; '' when they ask for themselves."""
        return str(self.form.company.data or "").strip() if "company" in self.form else ""

    @property
    def may_override(self) -> bool:
        """Whether a rule is in the way that this person may set aside, and nothing else."""
        if self.found is None or "override" not in self.form:
            return False
        return self.found.is_overridable

    def look(self) -> None:
        """Find out what would be said to it now."""
        asked = self.request
        if asked is None or self.form.equipment.errors:
            return
        if asked.recurrence is None:
            evaluation = self._evaluate(asked)[0]
            self.found, self.wishes, self.things = checked(evaluation), [evaluation.wish], evaluation.things
            return
        whole = replace(asked, recurrence=replace(asked.recurrence, exdates=()))
        try:
            found = self._evaluate(whole)
        except InvalidInput as refused:
            self.form.take(refused, REFUSALS)
            return
        self.things = found[0].things
        self.dates = [checked_date(one, is_wanted=one.wish.span.start not in self.left_out) for one in found]
        self.wishes = [one.wish for one in found if one.wish.span.start not in self.left_out]

    @property
    def foretold(self) -> Sequence[Markup]:
        """What features above say of it before anybody asks."""
        return foretold(self._for_whom(), self.wishes)

    def _for_whom(self) -> Organisation | None:
        """The organisation that it is for; None while nobody has said."""
        if self.who is None:
            return None
        if self.company:
            with suppress(DomainError):
                return find_company(self.who, self.company) or find_unclaimed_organisation(self.company)
            return None
        own = {one.organisation_id: one.organisation for one in self.who.memberships if one.ended_at is None}
        chosen = self._organisation_id() or (min(own) if len(own) == 1 else None)
        return own.get(chosen) if chosen is not None else None

    def _evaluate(self, asked: Request) -> Sequence[Evaluation]:
        try:
            if self.who is not None and self.company:
                return check_dates_for_company(actor=self.who, company=self.company, request=asked)
            return check_dates(actor=self.who, request=asked)
        except InvalidInput:  # it is not said yet whom it is for
            return check_dates(actor=None, request=asked)

    def _override(self) -> str | None:
        """Why the rules are set aside; None: they hold."""
        return (self.form.override.data or "").strip() or None if "override" in self.form else None

    def _organisation_id(self) -> int | None:
        if self.who is None:
            return None
        chosen = self.form.organisation.data
        return int(chosen) if chosen else None


def opened(values: MultiDict[str, str], *, csrf: bool) -> Asking:
    """The page for these values. Raises NotFound for equipment that is none, or not to be seen."""
    who = viewer()
    form = _form_of(who)(formdata=values, meta={"csrf": csrf})
    equipment = get_several(who, [want.equipment_id for want in form.equipment.data])
    _offer(form, equipment, who)
    return Asking(form, equipment, who, values)


def span_of(form: TimeForm, zone: ZoneInfo) -> Span | None:
    """The span that was typed; None when there is none, with the reason beside its field."""
    day, start, end = form.date.data, form.start.data, form.end.data
    last = form.end_date
    if day is None or start is None or end is None or last.process_errors:
        return None
    if last.data is not None and last.data - day > LONGEST:
        last.errors = [*last.errors, _("This day is too far away.")]
        return None
    try:
        return local_span(day, start, end, zone, end_day=last.data)
    except BadLocalTime as bad:
        wrong = form.start if bad.local == datetime.combine(day, start) else form.end
        said = worded(block(Code.BAD_LOCAL_TIME, twice=bad.twice), zone)
        wrong.errors = [*wrong.errors, said.text]
    except ValueError:
        last.errors = [*last.errors, _("The end must come after the start.")]
    except OverflowError:
        form.date.errors = [*form.date.errors, _("This day is too far away.")]
    return None


def _read(text: str) -> datetime | None:
    """An instant as the page wrote it; None for anything else."""
    try:
        read = read_exdate(text)
    except (ValueError, OverflowError):
        return None
    return read if isinstance(read, datetime) else None


def _form_of(who: User | None) -> type[RequestForm]:
    if who is None:
        return FirstRequestForm
    return StaffRequestForm if who.has_role(Role.ADMIN, *LAB_STAFF) else RequestForm


def _offer(form: RequestForm, equipment: Sequence[Equipment], who: User | None) -> None:
    """Let the form offer what the labs offer, for whom this person may ask."""
    offered = {mode: words for mode, words in MODES.items() if any(mode in one.modes for one in equipment)}
    form.mode.choices = choices_of(offered)
    if who is None:  # who has no account asks for one date
        for name in SERIES_FIELDS:
            del form[name]
    else:
        form.weekdays.choices = _weekdays(equipment[0].lab.site.first_weekday if equipment else 0)
    if form.mode.data not in offered and offered:
        form.mode.data = next(iter(offered)).value
    if who is not None:
        own = sorted((m.organisation for m in who.memberships if m.ended_at is None), key=lambda one: one.id)
        form.organisation.choices = choices_of({one.id: localized(one) for one in own})
    if "company" in form and (who is None or not may_book_for_others(who, {one.lab_id for one in equipment})):
        del form.company
        del form.override
    if form.start.data is not None and not form.end.raw_data:
        form.end.data = (datetime.combine(date.min, form.start.data) + USUAL).time()
        form.end.typed = None


def _weekdays(first: int) -> list[tuple[int, str]]:
    """The days of the week, beginning as the site's does."""
    return [(day % 7, weekday_text(A_MONDAY + timedelta(days=day))) for day in range(first, first + 7)]
