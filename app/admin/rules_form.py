"""What a lab, or one equipment of it, asks of a booking: shape only. An empty field says nothing."""

from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from app.booking.models import Policy
from app.booking.services.policies import LIMITS, Said
from app.web.fields import MinutesField
from app.web.forms import BaseForm, choices_of

UNSAID, YES, NO = "", "yes", "no"
SAYS = {UNSAID: None, YES: True, NO: False}


class RulesForm(BaseForm):
    """One rule a field, in the order in which people think of them."""

    min_minutes = MinutesField(_l("Shortest booking"), [Optional()])
    max_minutes = MinutesField(_l("Longest booking"), [Optional()])
    notice_minutes = MinutesField(_l("Notice before it begins"), [Optional()])
    horizon_days = IntegerField(_l("Days ahead"), [Optional(), NumberRange(*LIMITS["horizon_days"])])
    setup_minutes = MinutesField(_l("Set-up"), [Optional()])
    cleanup_minutes = MinutesField(_l("Clean-up"), [Optional()])
    answer_within_minutes = MinutesField(_l("Answered within, of working time"), [Optional()])
    hold_minutes = MinutesField(_l("Held for who waits, of working time"), [Optional()])
    needs_approval = SelectField(
        _l("Who has the slot"),
        choices=choices_of(
            {
                UNSAID: _l("as said above it"),
                YES: _l("whoever the lab says yes to"),
                NO: _l("a verified company that meets every rule, at once"),
            }
        ),
    )
    outside_hours = SelectField(
        _l("Jobs that run on after closing"),
        choices=choices_of({UNSAID: _l("as said above it"), YES: _l("allowed"), NO: _l("not allowed")}),
    )

    @classmethod
    def of(cls, policy: Policy | None, **more: Any) -> "RulesForm":
        """The form with what has been said so far."""
        said = {name: getattr(policy, name) for name in Said.__annotations__} if policy else {}
        for name in ("needs_approval", "outside_hours"):
            said[name] = next(text for text, value in SAYS.items() if value is said.get(name))
        return cls(data=said, **more)

    def said(self) -> Said:
        """What is said now, for the service."""
        values = {name: self[name].data for name in LIMITS}
        choices = {name: SAYS[self[name].data] for name in ("needs_approval", "outside_hours")}
        return cast(Said, values | choices)
