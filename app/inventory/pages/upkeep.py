"""Faults and plans of maintenance as pages show them."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.core.clock import now
from app.core.text import isolated
from app.inventory.models import Fault, FaultState, MaintenancePlan
from app.inventory.rules.maintenance import Due, how_near, usual_time
from app.inventory.upkeep_wording import DUE, FAULT_STATES, USABILITIES, every_text, thing_text
from app.web.formats import moment_short_text, number_text

FAULT_LOOKS = {
    FaultState.REPORTED: "requested",
    FaultState.CONFIRMED: "out_of_service",
    FaultState.REPAIRED: "ok",
    FaultState.DISMISSED: "off",
}
DUE_LOOKS = {Due.OVERDUE: "stop", Due.SOON: "waiting", Due.LATER: "off"}


@dataclass(frozen=True)
class Step:
    """One line of what happened."""

    text: str
    when: str
    state: str = "done"


@dataclass(frozen=True)
class FaultRow:
    """One fault."""

    fault: Fault

    @property
    def thing(self) -> str:
        return thing_text(self.fault.equipment, self.fault.unit)

    @property
    def part(self) -> str:
        """Which unit; empty for the equipment as a whole."""
        unit = self.fault.unit
        return str(_("Unit %(number)s", number=number_text(unit.number))) if unit and unit.number else ""

    @property
    def state(self) -> tuple[str, str]:
        return FAULT_LOOKS[self.fault.state], str(FAULT_STATES[self.fault.state])

    @property
    def usability(self) -> str:
        return str(USABILITIES[self.fault.usability])

    @property
    def zone(self) -> ZoneInfo:
        return self.fault.equipment.lab.site.zone

    @property
    def when(self) -> str:
        return moment_short_text(self.fault.reported_at, self.zone)

    @property
    def outage_reason(self) -> str:
        """What people who have to give way could be told: the lab's words, not the reporter's."""
        return self.fault.known_as or ""

    @property
    def steps(self) -> list[Step]:
        """Who reported it, and what the lab made of it."""
        fault = self.fault
        found = [Step(_("%(who)s reported it", who=isolated(fault.reported_by.name)), self.when)]
        if fault.confirmed_by is not None and fault.confirmed_at is not None:
            who = isolated(fault.confirmed_by.name)
            found.append(
                Step(_("%(who)s confirmed it", who=who), moment_short_text(fault.confirmed_at, self.zone))
            )
        if fault.closed_by is not None and fault.closed_at is not None:
            who, when = isolated(fault.closed_by.name), moment_short_text(fault.closed_at, self.zone)
            text = (
                _("%(who)s noted that it is repaired", who=who)
                if fault.state is FaultState.REPAIRED
                else _("%(who)s noted that nothing is done about it", who=who)
            )
            found.append(Step(text, when))
        return found


@dataclass(frozen=True)
class PlanRow:
    """One plan of maintenance."""

    plan: MaintenancePlan

    @property
    def thing(self) -> str:
        return thing_text(self.plan.equipment, self.plan.unit)

    @property
    def zone(self) -> ZoneInfo:
        return self.plan.equipment.lab.site.zone

    @property
    def today(self) -> date:
        return now().astimezone(self.zone).date()

    @property
    def state(self) -> tuple[str, str]:
        if self.plan.retired_at is not None:
            return "off", str(_("Over"))
        near = how_near(self.plan.due_on, self.today)
        return DUE_LOOKS[near], str(DUE[near])

    @property
    def every(self) -> str:
        return every_text(self.plan.every, self.plan.per)

    @property
    def outage(self) -> dict[str, str | int | None]:
        """What stands in the form that declares the outage for it."""
        plan, opens = self.plan, {}
        for hours in reversed(plan.equipment.lab.hours):
            opens[hours.weekday] = hours.opens
        begins, ends = usual_time(plan.due_on, self.today, plan.minutes, opens)
        return {
            "equipment": plan.equipment_id,
            "unit": plan.unit.number if plan.unit is not None else None,
            "kind": "maintenance",
            "from": f"{begins:%Y-%m-%dT%H:%M}",
            "to": f"{ends:%Y-%m-%dT%H:%M}",
            "reason": plan.what,
        }
