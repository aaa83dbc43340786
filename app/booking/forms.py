"""What is typed to ask for equipment, to move it and to answer: shape only; the services judge it."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError

from app.booking.models import DeclineReason, RefusalTemplate
from app.booking.rules.facts import Want, merged
from app.booking.rules.recurrence import MOST_DATES, by_counted_weekday, by_weekdays, rule_text
from app.booking.wording import DECLINE_REASONS, MODES
from app.core.text import ascii_digits, isolated, one_line
from app.inventory.models import Mode
from app.web.fields import MOST_OF_ONE, CountField, LocalDateField, LocalTimeField, MinutesField, TypedField
from app.web.formats import digits_text
from app.web.forms import BaseForm, choices_of

MOST_EQUIPMENT = 20
MOST_PEOPLE = 50
LONGEST_TEXT = 4000
SERIES_FIELDS = ("repeat", "weekdays", "every", "until", "times")
TIME_FIELDS = ("date", "start", "end_date", "end")
"""The names of TimeForm's fields: what a button with another time fills in."""
_ADDRESS = re.compile(r"[<(]?([^\s<>()@,،;]+@[^\s<>()@,،;]+)[>)]?")


def needed() -> InputRequired:
    return InputRequired(_l("This is needed."))


REPEATS = {
    "": _l("Once"),
    "weekly": _l("Weekly"),
    "day": _l("Monthly, on the same day"),
    "weekday": _l("Monthly, on the same weekday"),
}
SCOPES = {
    "these": _l("Only the dates chosen below"),
    "following": _l("This date and all that follow"),
    "all": _l("All dates"),
}


class NeededToAsk:
    """Has to be filled in to ask; whoever only wants to know whether it would be possible may leave it."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        if form.asks and not str(field.data or "").strip():
            raise StopValidation(_("This is needed."))


class WantsField(Field):
    """Equipment and how many of each: `equipment=3&quantity=1&equipment=7&quantity=2`, in that order."""

    data: list[Want]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        ids = formdata.getlist(self.name) if formdata else []
        many = formdata.getlist("quantity") if formdata else []
        self.process_errors: list[str] = []
        self.errors: Sequence[str] = ()
        self.typed: dict[int, str] = {}
        self.data = list(merged(self._wants(ids, many)))

    def _wants(self, ids: Sequence[str], many: Sequence[str]) -> list[Want]:
        wants = []
        for n, id_ in enumerate(ids[:MOST_EQUIPMENT]):
            typed = ascii_digits(many[n]).strip() if n < len(many) else "1"
            if not id_.isascii() or not id_.isdecimal() or len(id_) > 9:
                continue
            if not typed.isascii() or not typed.isdecimal() or not 0 < int(typed[:9]) <= MOST_OF_ONE:
                self.process_errors.append(_("Write how many as a whole number from 1."))
                self.typed[int(id_)], typed = many[n], "1"
            wants.append(Want(int(id_), int(typed)))
        return wants

    def quantity_of(self, equipment_id: int) -> str:
        """How many, as it stands in the field."""
        known = {want.equipment_id: digits_text(str(want.quantity)) for want in self.data}
        return (known | self.typed)[equipment_id]


class PeopleField(TypedField):
    """Who will come, one a line: a name, and an e-mail address if it is known."""

    data: list[tuple[str, str | None]]

    def read(self, text: str) -> list[tuple[str, str | None]]:
        lines = [one_line(line) for line in (self.typed or "").splitlines()]
        people = [self._person(line) for line in lines if line]
        if len(people) > MOST_PEOPLE:
            raise ValueError(_("That is too many people for one booking."))
        return people

    def shown(self, value: list[tuple[str, str | None]]) -> str:
        return "\n".join(f"{name}, {email}" if email else name for name, email in value)

    def _person(self, line: str) -> tuple[str, str | None]:
        found = _ADDRESS.search(line)
        name = (line[: found.start()] + line[found.end() :]).strip(" ,،;") if found else line
        if not name or len(name) > 200 or (found and len(found[1]) > 254):
            raise ValueError(_("Write one person a line: the name first, then the e-mail address."))
        return name, found[1] if found else None


class TimeForm(BaseForm):
    """A day and two times; without another day for the end, one not after the start is on the next day."""

    date = LocalDateField(_l("Day"), [needed()])
    start = LocalTimeField(_l("From"), [needed()])
    end_date = LocalDateField(_l("Until day"), [Optional()])
    end = LocalTimeField(_l("Until"), [needed()])


class MoveForm(TimeForm):
    """The other time; from the lab's staff with a reason, where a rule speaks against it."""

    override = TextAreaField(_l("Why this is an exception"), [Optional(), Length(max=2000)])


class SeriesForm(TimeForm):
    """A time that may come again: how often, and until when."""

    repeat = RadioField(_l("How often"), choices=choices_of(REPEATS), default="", validators=[Optional()])
    weekdays = SelectMultipleField(_l("On which days"), coerce=int, validators=[Optional()])
    every = CountField(_l("Every how many weeks or months"), [Optional()], most=99)
    until = LocalDateField(_l("Last day"))
    times = CountField(_l("Or how many times"), [Optional()], most=MOST_DATES)

    def validate_until(self, field: Any) -> None:
        if not self.repeat.data or field.errors or self.times.errors:
            return
        if (field.data is None) == (self.times.data is None):
            raise ValidationError(_("Write either the last day or how many times."))

    @property
    def rrule(self) -> str | None:
        """The rule that was chosen; None where it is one date, or not complete."""
        day, until, times = self.date.data, self.until.data, self.times.data
        if not self.repeat.data or day is None or (until is None) == (times is None):
            return None
        ways = {
            "weekly": ("WEEKLY", by_weekdays(self.weekdays.data or [])),
            "day": ("MONTHLY", ""),
            "weekday": ("MONTHLY", by_counted_weekday(day)),
        }
        frequency, by_day = ways[self.repeat.data]
        return rule_text(frequency, interval=self.every.data or 1, by_day=by_day, count=times, until=until)


class RequestForm(SeriesForm):
    """A request of somebody who belongs to an organisation."""

    equipment = WantsField(_l("Equipment"))
    mode = RadioField(_l("How"), choices=choices_of(MODES))
    purpose = TextAreaField(_l("What it is for"), [NeededToAsk(), Length(max=LONGEST_TEXT)])
    people = PeopleField(_l("Who comes"), [Optional()])
    samples_count = CountField(_l("How many samples"))
    samples_hazards = TextAreaField(_l("Hazards of the samples"), [Optional(), Length(max=2000)])
    samples_return = BooleanField(_l("Send the samples back to us"))
    organisation = SelectField(_l("For which organisation"), validators=[Optional()], coerce=str)
    note = TextAreaField(_l("A word to the lab"), [Optional(), Length(max=LONGEST_TEXT)])

    asks = False
    """Whether this is the request itself, and not only the question whether it would be possible."""

    def validate_samples_count(self, field: Any) -> None:
        if self.asks and self.mode.data == Mode.SAMPLES and field.data is None and not field.errors:
            raise ValidationError(_("Write how many samples you send."))

    @property
    def samples(self) -> dict[str, Any] | None:
        """What is sent in, where samples are sent."""
        return _samples(self) if self.mode.data == Mode.SAMPLES else None


def _samples(form: Any) -> dict[str, Any]:
    return {
        "count": form.samples_count.data,
        "hazards": form.samples_hazards.data or "",
        "give_back": bool(form.samples_return.data),
    }


class StaffRequestForm(RequestForm):
    """A request of the lab's staff, for themselves or for a company that called."""

    company = StringField(_l("For which company"), [Optional(), Length(max=200)])
    override = TextAreaField(_l("Why this is an exception"), [Optional(), Length(max=2000)])


class FirstRequestForm(RequestForm):
    """A request of somebody without an account, who registers the company with it: for one date."""

    organisation = StringField(_l("Company"), [NeededToAsk(), Length(max=200)])
    name = StringField(_l("Your name"), [NeededToAsk(), Length(max=200)])
    email = EmailField(_l("E-mail"), [NeededToAsk(), Length(max=254)])
    password = PasswordField(_l("Password"), [NeededToAsk(), Length(max=512)])


class WaitForm(BaseForm):
    """What somebody waits for: a length, and between when and when it would do."""

    length = MinutesField(_l("For how long"), [needed()])
    quantity = CountField(_l("How many"))
    since = LocalDateField(_l("From"), [needed()], name="from")
    start = LocalTimeField(_l("From what time"), [Optional()])
    until = LocalDateField(_l("Until"), [needed()])
    end = LocalTimeField(_l("Until what time"), [Optional()])
    mode = RadioField(_l("How"), choices=choices_of(MODES))
    purpose = TextAreaField(_l("What it is for"), [Optional(), Length(max=LONGEST_TEXT)])
    organisation = SelectField(_l("For which organisation"), validators=[Optional()], coerce=str)


class TakeHeldForm(BaseForm):
    """What is still to be said to take a time that is held."""

    purpose = TextAreaField(_l("What it is for"), [needed(), Length(max=LONGEST_TEXT)])
    people = PeopleField(_l("Who comes"), [Optional()])
    samples_count = CountField(_l("How many samples"))
    samples_hazards = TextAreaField(_l("Hazards of the samples"), [Optional(), Length(max=2000)])
    samples_return = BooleanField(_l("Send the samples back to us"))
    note = TextAreaField(_l("A word to the lab"), [Optional(), Length(max=LONGEST_TEXT)])

    @property
    def samples(self) -> dict[str, Any] | None:
        """What is sent in, where the form asks for samples."""
        return _samples(self) if "samples_count" in self else None


class RemoveForm(BaseForm):
    """Why somebody is to wait no longer."""

    reason = TextAreaField(_l("Reason"), [needed(), Length(max=2000)])


class TakeOverForm(BaseForm):
    """For whom the owner of the address asks: an organisation of theirs, or the company that was typed."""

    organisation = SelectField(_l("For which organisation"), coerce=str)


class CancelForm(BaseForm):
    scope = RadioField(_l("What"), choices=choices_of(SCOPES), default="these", validators=[Optional()])
    reason = TextAreaField(_l("Why"), [Optional(), Length(max=LONGEST_TEXT)])


class ApproveForm(BaseForm):
    note = TextAreaField(_l("A word to the company"), [Optional(), Length(max=LONGEST_TEXT)])
    override = TextAreaField(_l("Why this is an exception"), [Optional(), Length(max=2000)])


class DeclineForm(BaseForm):
    """A no: in ready words of the lab, in one's own, or in both."""

    template = RadioField(_l("Ready answers"), validators=[Optional()], validate_choice=False)
    reason_code = SelectField(
        _l("Reason"), choices=choices_of(DECLINE_REASONS), coerce=DeclineReason, validators=[needed()]
    )
    reason = TextAreaField(_l("In your words"), [Length(max=LONGEST_TEXT)])

    def offer(self, templates: Sequence[RefusalTemplate]) -> Self:
        """Let it offer what the lab keeps ready; with nothing, one's own words are needed."""
        self.ready = {str(one.id): isolated(one.text) for one in templates}
        titles = {str(one.id): isolated(one.title) for one in templates}
        self.template.choices = choices_of({"": _l("In my own words"), **titles} if templates else {})
        self.template.data = self.template.data if self.template.data in self.ready else ""
        self.reason.flags.required = not templates
        return self

    def validate_reason(self, field: Any) -> None:
        if not self.template.data and not (field.data or "").strip():
            raise ValidationError(_("This is needed."))

    @property
    def template_id(self) -> int | None:
        """The ready answer that was chosen."""
        chosen = self.template.data or ""
        return int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) <= 9 else None


class ProposeForm(TimeForm):
    """The time that the lab could give instead."""

    message = TextAreaField(_l("A word to the company"), [Optional(), Length(max=LONGEST_TEXT)])
    override = TextAreaField(_l("Why this is an exception"), [Optional(), Length(max=2000)])


class DecideForm(BaseForm):
    """What is said to the dates together; what each is told alone stands beside it."""

    note = TextAreaField(_l("A word to the dates that you approve"), [Optional(), Length(max=LONGEST_TEXT)])
    override = TextAreaField(_l("Why this is an exception"), [Optional(), Length(max=2000)])
    template = SelectField(
        _l("Ready answer for those that you decline"), validators=[Optional()], validate_choice=False
    )
    reason_code = SelectField(
        _l("Reason for those that you decline"), choices=choices_of(DECLINE_REASONS), coerce=DeclineReason
    )
    reason = TextAreaField(_l("In your words"), [Optional(), Length(max=LONGEST_TEXT)])

    def offer(self, templates: Sequence[RefusalTemplate]) -> Self:
        """Let it offer what the lab keeps ready."""
        self.ready = {str(one.id): one for one in templates}
        titles = {id_: isolated(one.title) for id_, one in self.ready.items()}
        self.template.choices = choices_of({"": _("In my own words"), **titles})
        return self

    def refusal(self, own: str) -> tuple[DeclineReason, str]:
        """Why a date is declined: its own words, else those for all, added to the ready answer if chosen."""
        words = own or (self.reason.data or "").strip()
        chosen = self.ready.get(self.template.data or "")
        if chosen is None:
            return self.reason_code.data, words
        return chosen.reason_code, "\n\n".join(filter(None, (chosen.text, words)))


class ResultForm(BaseForm):
    """A file with results, and what is in it."""

    title = StringField(_l("What it shows"), [InputRequired(_l("Say what it is.")), Length(max=200)])
    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])


class CommentForm(BaseForm):
    """A word about a booking, with files."""

    text = TextAreaField(_l("Your comment"), [needed(), Length(max=LONGEST_TEXT)])
    files = MultipleFileField(_l("Files"), [Optional()])
    is_internal = BooleanField(_l("For the labs' staff only"))
