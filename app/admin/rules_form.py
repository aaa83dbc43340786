"""What a lab, or one equipment of it, asks of a booking: shape only. An empty field says nothing."""

import re
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional

from app.agreements.wording import PAPERS
from app.booking.models import Policy
from app.booking.rules.policy import SecondApproval
from app.booking.rules.presets import Preset
from app.booking.services.policies import LIMITS, Said
from app.booking.wording import PRESET_NAMES, SECOND_APPROVALS
from app.core.text import ascii_digits, one_line
from app.web.fields import MinutesField, TypedField
from app.web.formats import digits_text, duration_text
from app.web.forms import BaseForm, choices_of

_STEP = re.compile(r"([0-9]{1,6})\s*[:،,]\s*([0-9]{1,3}):([0-5][0-9])")
UNSAID, YES, NO = "", "yes", "no"
SAYS = {UNSAID: None, YES: True, NO: False}
NONE = "none"
"""Of the papers: said that none is needed, as against nothing said."""
GRIDS = (0, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440)
YES_OR_NO = (
    "needs_approval",
    "requests_compete",
    "outside_hours",
    "needs_authorisation",
    "needs_agreement",
)


class RulesForm(BaseForm):
    """One rule a field, in the order in which people think of them."""

    min_minutes = MinutesField(_l("Shortest booking"), [Optional()])
    max_minutes = MinutesField(_l("Longest booking"), [Optional()])
    grid_minutes = SelectField(_l("Begins and ends every"))
    notice_minutes = MinutesField(_l("Notice before it begins"), [Optional()])
    horizon_days = IntegerField(_l("Days ahead"), [Optional(), NumberRange(*LIMITS["horizon_days"])])
    external_horizon_days = IntegerField(
        _l("Days ahead, from outside"), [Optional(), NumberRange(*LIMITS["external_horizon_days"])]
    )
    setup_minutes = MinutesField(_l("Set-up"), [Optional()])
    cleanup_minutes = MinutesField(_l("Clean-up"), [Optional()])
    cancel_notice_minutes = MinutesField(_l("Called off in time until"), [Optional()])
    max_open_requests = IntegerField(
        _l("Open requests an organisation"), [Optional(), NumberRange(*LIMITS["max_open_requests"])]
    )
    answer_within_minutes = MinutesField(_l("Answered within, of working time"), [Optional()])
    hold_minutes = MinutesField(_l("Held for who waits, of working time"), [Optional()])
    no_show_after_minutes = MinutesField(_l("Given back when nobody comes, after"), [Optional()])
    small_move_minutes = MinutesField(_l("Small moves need no new answer, up to"), [Optional()])
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
    requests_compete = SelectField(
        _l("Several who ask for the same time"),
        choices=choices_of(
            {
                UNSAID: _l("as said above it"),
                YES: _l("the lab chooses among them; nothing is held before"),
                NO: _l("who asks first has it held"),
            }
        ),
    )
    second_approval = SelectField(
        _l("The safety officer agrees as well"),
        choices=choices_of({UNSAID: _l("as said above it"), **SECOND_APPROVALS}),
    )
    outside_hours = SelectField(
        _l("Jobs that run on after closing"),
        choices=choices_of({UNSAID: _l("as said above it"), YES: _l("allowed"), NO: _l("not allowed")}),
    )
    needs_authorisation = SelectField(
        _l("Who may work with it alone"),
        choices=choices_of(
            {UNSAID: _l("as said above it"), YES: _l("who is authorised"), NO: _l("whoever comes")}
        ),
    )
    needs_agreement = SelectField(
        _l("Terms of service or a memorandum"),
        choices=choices_of(
            {UNSAID: _l("as said above it"), YES: _l("has to be in force"), NO: _l("not needed")}
        ),
    )
    needs_papers = SelectMultipleField(
        _l("Papers that have to be valid"), choices=choices_of({NONE: _l("none at all"), **PAPERS})
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        lengths = {str(grid): duration_text(grid) for grid in GRIDS if grid}
        self.grid_minutes.choices = choices_of(
            {UNSAID: _l("as said above it"), "0": _l("at any minute"), **lengths}
        )

    @classmethod
    def of(cls, policy: Policy | None, **more: Any) -> "RulesForm":
        """The form with what has been said so far."""
        said = {name: getattr(policy, name) for name in Said.__annotations__} if policy else {}
        for name in YES_OR_NO:
            said[name] = next(text for text, value in SAYS.items() if value is said.get(name))
        grid, papers = said.get("grid_minutes"), said.get("needs_papers")
        said["grid_minutes"] = UNSAID if grid is None else str(grid)
        said["second_approval"] = said.get("second_approval") or UNSAID
        said["needs_papers"] = [NONE] if papers == [] else papers
        return cls(data=said, **more)

    def said(self) -> Said:
        """What is said now, for the service."""
        values = {name: self[name].data for name in LIMITS}
        choices = {name: SAYS[self[name].data] for name in YES_OR_NO}
        grid, papers = self.grid_minutes.data, self.needs_papers.data or None
        others: dict[str, Any] = {
            "grid_minutes": int(grid) if grid else None,
            "second_approval": SecondApproval(second) if (second := self.second_approval.data) else None,
            "needs_papers": [] if papers is not None and NONE in papers else papers,
        }
        return cast(Said, values | choices | others)


class SamplesField(TypedField):
    """A table, one step a line: '10: 1:30'."""

    data: list[tuple[int, int]]

    def read(self, text: str) -> list[tuple[int, int]]:
        lines = [one_line(ascii_digits(line)) for line in (self.typed or "").splitlines()]
        return [self._row(line) for line in lines if line]

    def shown(self, value: list[tuple[int, int]]) -> str:
        rows = (f"{most}: {minutes // 60}:{minutes % 60:02}" for most, minutes in value)
        return digits_text("\n".join(rows))

    def _row(self, line: str) -> tuple[int, int]:
        found = _STEP.fullmatch(line)
        if found is None:
            raise ValueError(_("Write each step as %(example)s.", example=digits_text("10: 1:30")))
        return int(found[1]), int(found[2]) * 60 + int(found[3])


class SamplesForm(BaseForm):
    """How long samples take an instrument."""

    rows = SamplesField(_l("Up to so many samples: so long"), [Optional()])


class PresetForm(BaseForm):
    """A way of running a lab to start from."""

    preset = SelectField(_l("Start from"), choices=choices_of(PRESET_NAMES), coerce=Preset)
