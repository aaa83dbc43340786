"""What is typed about quotas, authorisations and papers: shape only."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.accounts.models import Organisation, OrganisationKind, User
from app.accounts.wording import ORGANISATION_KINDS
from app.agreements.models import Agreement, PaperKind
from app.agreements.wording import PAPERS, agreement_text
from app.booking.models import DeclineReason
from app.booking.rules.allowances import Per, Prime
from app.booking.services.refusals import LAST_POSITION
from app.booking.wording import DECLINE_REASONS
from app.core.i18n import localized
from app.inventory.models import Equipment, Lab
from app.inventory.queries.categories import tree
from app.inventory.rules.week import a_day_of, weekdays_from
from app.web.fields import CountField, LocalDateField, LocalTimeField
from app.web.formats import weekday_text
from app.web.forms import BaseForm, choices_of

NEEDED = _l("This is needed.")
ALL = ""
ONE, UNDER = "organisation:", "agreement:"
A_MONTH_OF_HOURS = 744


def id_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


class QuotaForm(BaseForm):
    """So much a week or month, of all or of one, for all or for some."""

    hours = CountField(_l("Hours"), [InputRequired(NEEDED)], most=A_MONTH_OF_HOURS * 1000)
    per = SelectField(
        _l("In each"), choices=choices_of({Per.WEEK: _l("week"), Per.MONTH: _l("month")}), coerce=Per
    )
    equipment = SelectField(_l("Of what"), coerce=id_or_none)
    kind = SelectField(_l("For"))
    prime_opens = LocalTimeField(_l("Counted only from"), [Optional()])
    prime_closes = LocalTimeField(_l("Counted only until"), [Optional()])
    prime_weekdays = SelectMultipleField(_l("On these days"), coerce=int)

    def offer(
        self,
        equipment: Sequence[Equipment],
        organisations: Sequence[Organisation],
        agreements: Sequence[Agreement],
        first_weekday: int,
    ) -> None:
        """Let it offer the lab's equipment, who may be meant, and the days in the order of its week."""
        who: dict[str, Any] = {ALL: _l("each organisation, of any kind")}
        who |= {kind.value: words for kind, words in ORGANISATION_KINDS.items()}
        who |= {f"{ONE}{one.id}": localized(one) for one in organisations}
        who |= {f"{UNDER}{one.id}": agreement_text(one) for one in agreements}
        self.kind.choices = choices_of(who)
        every = {ALL: _l("all equipment of the lab, together")}
        self.equipment.choices = choices_of(every | {one.id: localized(one) for one in equipment})
        days = {day: weekday_text(a_day_of(day)) for day in weekdays_from(first_weekday)}
        self.prime_weekdays.choices = choices_of(days)

    def values(self) -> dict[str, Any]:
        opens, closes = self.prime_opens.data, self.prime_closes.data
        prime = None
        if opens is not None and closes is not None:
            prime = Prime(opens, closes, self.prime_weekdays.data or [])
        who = self.kind.data or ALL
        named, _colon, id_ = who.partition(":")
        return {
            "minutes": (self.hours.data or 0) * 60,
            "per": self.per.data,
            "equipment_id": self.equipment.data,
            "organisation_id": int(id_) if who.startswith(ONE) else None,
            "agreement_id": int(id_) if who.startswith(UNDER) else None,
            "organisation_kind": OrganisationKind(named) if named and not id_ else None,
            "prime": prime,
        }


class AuthorisationForm(BaseForm):
    """Somebody knows how."""

    email = EmailField(_l("E-mail of the account"), [InputRequired(NEEDED), Length(max=254)])
    equipment = SelectField(_l("One instrument"), coerce=id_or_none)
    category = SelectField(_l("Or a kind of instruments"), coerce=id_or_none)
    valid_from = LocalDateField(_l("From"), [InputRequired(NEEDED)])
    valid_until = LocalDateField(_l("Last day"), [Optional()])
    note = StringField(_l("Note"), [Optional(), Length(max=500)])

    def offer(self, equipment: Sequence[Equipment]) -> None:
        self.equipment.choices = choices_of(
            {ALL: _l("all of the lab"), **{one.id: localized(one) for one in equipment}}
        )
        kinds = {branch.category.id: localized(branch.category) for branch in tree()}
        self.category.choices = choices_of({ALL: _l("no kind"), **kinds})

    def values(self) -> dict[str, Any]:
        return {
            "email": self.email.data or "",
            "equipment_id": self.equipment.data,
            "category_id": self.category.data,
            "valid_from": self.valid_from.data,
            "valid_until": self.valid_until.data,
            "note": self.note.data or "",
        }


class PaperForm(BaseForm):
    """A paper that somebody has seen."""

    kind = SelectField(_l("Kind"), choices=choices_of(PAPERS), coerce=PaperKind)
    valid_from = LocalDateField(_l("Valid from"), [InputRequired(NEEDED)])
    valid_until = LocalDateField(_l("Valid until"), [Optional()])
    note = StringField(_l("Note"), [Optional(), Length(max=500)])

    def values(self) -> dict[str, Any]:
        return {
            "kind": self.kind.data,
            "valid_from": self.valid_from.data,
            "valid_until": self.valid_until.data,
            "note": self.note.data or "",
        }


class RefusalForm(BaseForm):
    """An answer that is kept ready."""

    title = StringField(_l("Title"), [InputRequired(NEEDED), Length(max=100)])
    reason_code = SelectField(_l("Reason"), choices=choices_of(DECLINE_REASONS), coerce=DeclineReason)
    text = TextAreaField(_l("What the company reads"), [InputRequired(NEEDED), Length(max=2000)])
    position = CountField(_l("Place in the list"), [Optional()], most=LAST_POSITION)

    def values(self) -> dict[str, Any]:
        return {
            "title": self.title.data or "",
            "reason_code": self.reason_code.data,
            "text": self.text.data or "",
            "position": self.position.data,
        }


class DeputyForm(BaseForm):
    """Who is away, and who answers instead."""

    absent = SelectField(_l("Who is away"), [InputRequired(NEEDED)])
    email = EmailField(_l("E-mail of the deputy"), [Optional(), Length(max=254)])
    first_on = LocalDateField(_l("First day"), [InputRequired(NEEDED)])
    last_on = LocalDateField(_l("Last day"), [InputRequired(NEEDED)])

    def offer(self, who: Sequence[tuple[Lab, User]]) -> None:
        """Those who answer for labs, each in each of them."""
        self.absent.choices = choices_of(
            {f"{lab.id}:{one.id}": f"{one.name}, {localized(lab)}" for lab, one in who}
        )

    def values(self) -> dict[str, Any]:
        lab_id, _colon, absent_id = str(self.absent.data).partition(":")
        return {
            "lab_id": int(lab_id),
            "absent_id": int(absent_id),
            "first_on": self.first_on.data,
            "last_on": self.last_on.data,
        }
