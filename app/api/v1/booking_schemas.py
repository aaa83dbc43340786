"""What is sent to ask for a booking and to change it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, post_load, validates, validates_schema

from app.accounts.rules.names import cleaned_name
from app.api import paging
from app.api.fields import Address, Choice, Either, Entries, Flag, Id, Instant, Part, Several, Text, Whole
from app.api.findings import Finding
from app.api.v1.schemas import Sent
from app.booking.models import DeclineReason, OccurrenceState
from app.booking.rules.facts import Want
from app.booking.rules.recurrence import (
    LONGEST_RULE,
    MOST_DATES,
    BadRule,
    Recurrence,
    parse_rule,
    read_exdate,
)
from app.booking.services.decide import Answer, Approve, Decline
from app.booking.services.propose import Propose
from app.booking.services.request import Request
from app.core.spans import Span
from app.inventory.models import Mode

MOST_EQUIPMENT = 20
MOST_PEOPLE = 50
STATE = f"({'|'.join(OccurrenceState)})"
LONGEST = timedelta(days=366)
"""What is longer is not even judged. What a lab allows is much shorter."""


def check_order(data: dict[str, Any]) -> None:
    """From when until when, in this order and not for ages."""
    length = data["ends_at"] - data["starts_at"]
    if length <= timedelta(0):
        raise ValidationError(Finding("ends_before_it_starts"), "ends_at")
    if length > LONGEST:
        raise ValidationError(Finding("window_too_long", days=LONGEST.days), "ends_at")


class SpanSentSchema(Sent):
    """From when until when."""

    starts_at = Instant(required=True)
    ends_at = Instant(required=True)

    @validates_schema
    def _check_order(self, data: dict[str, Any], **_more: Any) -> None:
        check_order(data)

    @post_load
    def make(self, data: dict[str, Any], **_more: Any) -> Any:
        return {**data, "span": Span(data["starts_at"], data["ends_at"])}


class WantSentSchema(Sent):
    id = Id(required=True)
    quantity = Whole(1, 100_000, load_default=1)


class PersonSentSchema(Sent):
    name = Text(200, least=1, required=True)
    email = Address(allow_none=True, load_default=None)


class SamplesSentSchema(Sent):
    """What is sent in, in the mode `samples`."""

    count = Whole(1, 100_000, required=True)
    hazards = Text(2000, load_default="")
    give_back = Flag(load_default=False, data_key="return")


class CompanySchema(Sent):
    """A company, by the name it gave when it called."""

    name = Text(200, least=1, required=True)

    @validates("name")
    def is_a_name(self, name: str, **_more: Any) -> None:
        try:
            cleaned_name(name)
        except ValueError as error:
            raise ValidationError(Finding("no_name")) from error


class OrganisationField(Either):
    """For whom: a number, or from staff the name of a company."""

    def __init__(self) -> None:
        company = {
            "type": "object",
            "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 200}},
            "required": ["name"],
            "additionalProperties": False,
        }
        about = (
            "Needed by who belongs to several. Staff may name a company: the verified one of that name, "
            "else one without account."
        )
        super().__init__({"type": "integer", "minimum": 1}, company, about=about)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, dict):
            return CompanySchema().load(value)["name"]
        return Id().deserialize(value)


class RuleField(Text):
    """How often, and until when (RFC 5545)."""

    def __init__(self, **kwargs: Any) -> None:
        about = (
            "An RRULE: FREQ=DAILY, WEEKLY (with BYDAY) or MONTHLY (with BYMONTHDAY, or BYDAY=2TU or -1TH); "
            f"COUNT or UNTIL is needed; INTERVAL and WKST as there. At most {MOST_DATES} dates, each "
            "at the same time of the lab's wall clock."
        )
        examples = ["FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10"]
        super().__init__(
            LONGEST_RULE, least=1, metadata={"description": about, "examples": examples}, **kwargs
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            parse_rule(text)
        except BadRule as bad:
            raise ValidationError(Finding(bad.code)) from bad
        return text


class LeftOutField(Either):
    """A date of the rule that is not wanted: a local day, or the instant at which it begins."""

    def __init__(self) -> None:
        day, instant = ({"type": "string", "format": kind} for kind in ("date", "date-time"))
        super().__init__(day, instant, about="A local day, or the instant at which the date begins.")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date | datetime:
        try:
            return read_exdate(Text(40, least=1).deserialize(value))
        except (ValueError, OverflowError) as error:
            raise ValidationError(Finding("not_a_date_of_it")) from error


class RecurrenceSchema(Sent):
    """How `starts_at` to `ends_at` comes again."""

    rrule = RuleField(required=True)
    exdates = Entries(LeftOutField(), most=MOST_DATES, load_default=list)
    skip_conflicts = Flag(
        load_default=False, metadata={"description": "Book the dates that can be had, and skip the others."}
    )

    @post_load
    def make(self, data: dict[str, Any], **_more: Any) -> Recurrence:
        return Recurrence(data["rrule"], tuple(data["exdates"]), data["skip_conflicts"])


@dataclass(frozen=True)
class Asked:
    """A request, and the name of the company that staff make it for."""

    request: Request
    company: str | None


class OverrideSentSchema(Sent):
    """Why rules of the lab are set aside. Only for the staff of every lab asked; it is kept and reported."""

    reason = Text(2000, least=1, required=True)


def overriding(data: dict[str, Any]) -> str | None:
    """Why rules are set aside; None: they hold."""
    return data["override"]["reason"] if data.get("override") else None


class CheckSchema(SpanSentSchema):
    """What somebody asks for."""

    equipment = Entries(Part(WantSentSchema), least=1, most=MOST_EQUIPMENT, required=True)
    organisation = OrganisationField()
    mode = Choice(Mode, required=True)
    purpose = Text(4000, load_default="")
    people = Entries(Part(PersonSentSchema), most=MOST_PEOPLE, load_default=list)
    samples = Part(SamplesSentSchema, allow_none=True, load_default=None)
    recurrence = Part(RecurrenceSchema, allow_none=True, load_default=None)
    note = Text(4000, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_more: Any) -> Asked:
        organisation = data.get("organisation")
        request = Request(
            wants=[Want(want["id"], want["quantity"]) for want in data["equipment"]],
            span=Span(data["starts_at"], data["ends_at"]),
            mode=data["mode"],
            purpose=data["purpose"],
            organisation_id=organisation if isinstance(organisation, int) else None,
            people=[(person["name"], person["email"]) for person in data["people"]],
            samples=data["samples"],
            note=data["note"],
            recurrence=data["recurrence"],
            override=overriding(data),
        )
        return Asked(request, organisation if isinstance(organisation, str) else None)


class NewBookingSchema(CheckSchema):
    """A request. It holds the time until the lab has answered."""

    purpose = Text(4000, least=1, required=True)
    override = Part(OverrideSentSchema, allow_none=True, load_default=None)


class _Dates(Sent):
    occurrences = Entries(
        Id(), most=MOST_DATES, load_default=list, metadata={"description": "Which dates; none means all."}
    )


class NotedSchema(_Dates):
    note = Text(4000, load_default="")


class CancelSchema(NotedSchema):
    and_following = Flag(
        load_default=False, metadata={"description": "Also every later date than the first one named."}
    )


class Said(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"
    PROPOSE = "propose"


class AddSchema(Sent):
    skipped = Entries(
        Id(), most=MOST_DATES, load_default=list, metadata={"description": "Which ones; none means all."}
    )


class ApproveSchema(NotedSchema):
    """A word to the company, and why a rule that does not hold is set aside."""

    override = Part(OverrideSentSchema, allow_none=True, load_default=None)


class DeclineSchema(_Dates):
    """Reason and words; a `template` of the lab brings both, and `reason` is added to its words."""

    reason_code = Choice(DeclineReason, allow_none=True, load_default=None)
    reason = Text(4000)
    template = Id(allow_none=True, load_default=None)

    @validates_schema
    def _check_reasons(self, data: dict[str, Any], **_more: Any) -> None:
        if data["template"] is not None:
            return
        wrong = {} if data["reason_code"] else {"reason_code": [Finding("required")]}
        if not data.get("reason"):
            wrong["reason"] = [Finding("empty" if "reason" in data else "required")]
        if wrong:
            raise ValidationError(wrong)


class AnsweredSchema(_Dates):
    """The answer to some dates: `approve`, `decline` with both reasons, or `propose` with another time."""

    occurrences = Entries(Id(), least=1, most=MOST_DATES, required=True)
    answer = Choice(Said, required=True)
    note = Text(4000, load_default="")
    reason_code = Choice(DeclineReason, allow_none=True, load_default=None)
    reason = Text(4000, load_default="")
    starts_at = Instant(allow_none=True, load_default=None)
    ends_at = Instant(allow_none=True, load_default=None)
    message = Text(4000, load_default="")
    override = Part(OverrideSentSchema, allow_none=True, load_default=None)

    @validates_schema
    def _check_time(self, data: dict[str, Any], **_more: Any) -> None:
        if data["answer"] is not Said.PROPOSE:
            return
        missing = [name for name in ("starts_at", "ends_at") if not data[name]]
        if missing:
            raise ValidationError({name: [Finding("required")] for name in missing})
        if len(data["occurrences"]) > 1:
            raise ValidationError(Finding("choose_one"), "occurrences")
        check_order(data)

    @validates_schema
    def _check_reasons(self, data: dict[str, Any], **_more: Any) -> None:
        missing = [name for name in ("reason_code", "reason") if not data[name]]
        if data["answer"] is Said.DECLINE and missing:
            raise ValidationError({name: [Finding("required")] for name in missing})


class DecideSchema(Sent):
    """Which dates get which answer."""

    answers = Entries(Part(AnsweredSchema), least=1, most=MOST_DATES, required=True)

    @validates_schema
    def _check_once(self, data: dict[str, Any], **_more: Any) -> None:
        ids = [id_ for answer in data["answers"] for id_ in answer["occurrences"]]
        if len(ids) != len(set(ids)):
            raise ValidationError(Finding("repeated"), "answers")

    @post_load
    def make(self, data: dict[str, Any], **_more: Any) -> dict[str, Any]:
        return {
            "answers": {id_: _answer(answer) for answer in data["answers"] for id_ in answer["occurrences"]}
        }


def _answer(sent: dict[str, Any]) -> Answer:
    if sent["answer"] is Said.APPROVE:
        return Approve(sent["note"], overriding(sent))
    if sent["answer"] is Said.PROPOSE:
        return Propose(Span(sent["starts_at"], sent["ends_at"]), sent["message"], overriding(sent))
    return Decline(sent["reason_code"], sent["reason"])


class MoveSchema(_Dates, SpanSentSchema):
    """The other time; from staff with a reason, where a rule speaks against it."""

    message = Text(4000, load_default="")
    override = Part(OverrideSentSchema, allow_none=True, load_default=None)


class ExtendSchema(_Dates):
    """Until when it is to go on."""

    ends_at = Instant(required=True)


class PassOnSchema(Sent):
    """Which colleague."""

    user = Id(required=True)


class ProposeSchema(MoveSchema):
    """The time that the lab could give instead."""


class AcceptSchema(_Dates):
    """Which of the times that the lab named."""


class BookingsQuery(Sent):
    state = Several(Choice(OccurrenceState), most=10, pattern=STATE, load_default=list)
    mine = Flag(in_address=True, load_default=False)
    limit = paging.limit_field()
    after = Id(in_address=True)
