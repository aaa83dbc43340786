"""What is typed about offers once they are there: shape only; the services judge it."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, IntegerField, SearchField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.core.errors import InvalidInput
from app.donations.models import OfferLine
from app.donations.path_wording import REFUSALS, SORTS, how_many
from app.donations.queries.board import Sort
from app.donations.services.deliver import LONGEST_NOTE, LONGEST_RESPONSIBLE, Arrived
from app.donations.services.offer import MOST_COPIES
from app.web.fields import LocalDateField
from app.web.forms import BaseForm, choices_of

NEEDED = _l("This is needed.")
WHOLE = _l("Write how many as a whole number.")
LONGEST_NUMBER = 60
COUNTS = ("received", "damaged", "refused")
COUNTED = {
    "received": _l("Whole"),
    "damaged": _l("Damaged"),
    "refused": _l("Sent back"),
}


class OffersForm(Form):
    """What is asked of the list. It is in the address: what does not fit is passed over."""

    q = SearchField(_l("What it is, donor or number"))
    sort = SelectField(_l("Sorted by"), choices=choices_of(SORTS))

    @classmethod
    def of(cls, query: MultiDict[str, str]) -> Self:
        return cls(query)

    def wanted_sort(self) -> Sort:
        return Sort(self.sort.data) if self.sort.data in set(Sort) else Sort.NEWEST


class HandlingForm(BaseForm):
    """A form whose service says by a code what is wrong with a field."""

    def take_codes(self, refused: InvalidInput) -> None:
        """Put what a service found wrong beside the fields, in words."""
        words = {(field, code): str(REFUSALS.get(code, code)) for field, code in refused.errors}
        self.take(refused, words)


class DeclineForm(HandlingForm):
    """Why an offer cannot be taken."""

    reason = TextAreaField(_l("Why"), [InputRequired(NEEDED), Length(max=LONGEST_NOTE)])


class AllocateForm(HandlingForm):
    """So many of a line for a need."""

    line = SelectField(_l("Of what"), coerce=int)
    need = SelectField(_l("For which need"), coerce=int)
    quantity = IntegerField(
        _l("How many"), [InputRequired(WHOLE), NumberRange(1, MOST_COPIES, WHOLE)], default=1
    )
    standby = BooleanField(_l("What is too much stands by"))

    @classmethod
    def of(cls, lines: Iterable[OfferLine], needs: Mapping[int, str], **more: Any) -> Self:
        """For the lines of the offer; `needs` in words, by id."""
        form = cls(**more)
        things = {line.id: how_many(line) for line in lines}
        form.line.choices = choices_of(things)
        if len(things) == 1:
            # Not asked for where there is nothing to choose.
            (form.line.data,) = things
        form.need.choices = choices_of(needs)
        return form


class AgreementForm(HandlingForm):
    """The letter that both sides signed."""

    number = StringField(_l("Number of the agreement"), [InputRequired(NEEDED), Length(max=LONGEST_NUMBER)])
    signed_on = LocalDateField(_l("Signed on"), [InputRequired(NEEDED)])
    letter = FileField(_l("The signed letter"), [Optional()])


class DeliveryForm(HandlingForm):
    """What came of each line: whole, damaged, sent back at the door. `of` gives it its fields."""

    @classmethod
    def of(cls, lines: Iterable[OfferLine], owed: Mapping[int, int], **more: Any) -> Self:
        """For the lines of which something is still to come; all of it, unless somebody says otherwise."""
        names = {
            f"{count}_{line.id}": IntegerField(
                COUNTED[count],
                [Optional(), NumberRange(0, MOST_COPIES, WHOLE)],
                default=owed[line.id] if count == "received" else 0,
            )
            for line in lines
            if owed[line.id] > 0
            for count in COUNTS
        }
        made: type[Self] = type(cls.__name__, (cls,), names)
        return made(**more)

    def arrived(self) -> list[Arrived]:
        """The lines of which something came."""
        ids = [
            int(field.short_name.partition("_")[2]) for field in self if field.short_name[:9] == "received_"
        ]
        lines = [
            Arrived(line_id=id_, **{count: self[f"{count}_{id_}"].data or 0 for count in COUNTS})
            for id_ in ids
        ]
        return [line for line in lines if line.received or line.damaged or line.refused]

    def take_codes(self, refused: InvalidInput) -> None:
        """The service counts the lines that came; here they are known by their ids."""
        came = self.arrived()
        for name, code in refused.errors:
            where = name.split(".")
            field = f"{where[2]}_{came[int(where[1])].line_id}" if len(where) == 3 else None
            words = str(REFUSALS.get(code, code))
            if field in self:
                self[field].errors = [*self[field].errors, words]
            else:
                self.form_errors.append(words)


class InspectForm(HandlingForm):
    """What was found; the button says the result."""

    note = TextAreaField(_l("What was found"), [Optional(), Length(max=LONGEST_NOTE)])


class CommissionForm(HandlingForm):
    """Where a unit works, and in whose hands."""

    place = SelectField(_l("It works as"))
    responsible = StringField(
        _l("Responsible person"), [InputRequired(NEEDED), Length(max=LONGEST_RESPONSIBLE)]
    )

    @classmethod
    def of(cls, places: Mapping[str, str], **more: Any) -> Self:
        """`places` in words: "3" is new equipment of lab 3, "3-12" one more unit of its equipment 12."""
        form = cls(**more)
        form.place.choices = choices_of(places)
        return form

    def where(self) -> tuple[int, int | None]:
        """The lab, and the equipment; None for new equipment."""
        lab, _sep, equipment = str(self.place.data).partition("-")
        return int(lab), int(equipment) if equipment else None
