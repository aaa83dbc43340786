"""What is broken in the demo, and what has to be looked after soon."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from app.accounts.models import User
from app.core import clock
from app.inventory.models import Equipment, Per, Usability
from app.inventory.services.faults import confirm_fault, report_fault
from app.inventory.services.maintenance import carry_out, plan_maintenance, remind_of_maintenance

FAULTY, KNOWN = "Raman spectrometer", "Scanning electron microscope"
CALIBRATED, SERVICED = "X-ray diffractometer", "Raman spectrometer"


def look_after(people: Mapping[str, User], equipment: Sequence[Equipment], today: datetime) -> None:
    """A report that nobody has looked at, a fault that is known, and two plans, one of them due soon."""
    things = {one.name: one for one in equipment}
    manager, booker = people["manager@example.edu"], people["booker@example.com"]
    with clock.frozen(today - timedelta(days=2)):
        known = report_fault(
            actor=people["rival@example.net"],
            equipment_id=things[KNOWN].id,
            text="The stage stops at 40 mm. We had to turn our sample round.",
            usability=Usability.LIMITED,
        )
    with clock.frozen(today - timedelta(days=1)):
        confirm_fault(
            actor=manager,
            fault_id=known.fault.id,
            known_as="The stage reaches 40 mm only; a part is ordered.",
        )
    with clock.frozen(today - timedelta(hours=3)):
        report_fault(
            actor=booker,
            equipment_id=things[FAULTY].id,
            text="The laser flickers after half an hour, and the peaks wander.",
            usability=Usability.LIMITED,
        )
    _plan(manager, things, today)
    remind_of_maintenance()


def _plan(manager: User, things: Mapping[str, Equipment], today: datetime) -> None:
    day = today.astimezone(things[CALIBRATED].lab.site.zone).date()
    with clock.frozen(today - timedelta(days=140)):
        calibration = plan_maintenance(
            actor=manager,
            equipment_id=things[CALIBRATED].id,
            what="Calibration with the silicon standard",
            due_on=day - timedelta(days=120),
            minutes=180,
            every=4,
            per=Per.MONTH,
            note="The standard lies in the safe; the certificate goes to the quality office.",
        )
        plan_maintenance(
            actor=manager,
            equipment_id=things[SERVICED].id,
            what="Yearly service by the maker",
            due_on=day + timedelta(days=60),
            minutes=480,
            every=12,
            per=Per.MONTH,
            note="Ask for an appointment six weeks before.",
        )
    with clock.frozen(today - timedelta(days=115)):
        carry_out(
            actor=manager,
            plan_id=calibration.id,
            done_on=day - timedelta(days=115),
            note="Within tolerance, certificate 1405-118.",
        )
