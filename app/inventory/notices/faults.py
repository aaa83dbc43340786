"""The lab's staff hears of a report, and who reported it hears what became of it."""

from collections.abc import Callable

from flask_babel import gettext as _

from app.accounts.models import Role, User
from app.accounts.recipients import recipient_of
from app.core.i18n import in_language
from app.inventory.events.upkeep import (
    FaultConfirmed,
    FaultDismissed,
    FaultEvent,
    FaultRepaired,
    FaultReported,
)
from app.inventory.models import Fault
from app.inventory.queries.faults import get_told
from app.inventory.queries.people import list_serving
from app.inventory.upkeep_wording import thing_text
from app.notifications.letters import write_letter
from app.notifications.services.write import post_notice, queue_mail
from app.web.links import path_to


def tell_reported(event: FaultReported) -> None:
    """Those who look after the lab; not the one who says so."""
    fault = get_told(event.subject_id)
    for person in list_serving(fault.equipment.lab_id, (Role.MANAGER, Role.TECHNICIAN)):
        _write(
            event,
            fault,
            person,
            "inventory/mail/fault_reported",
            path_to("admin_faults.show", fault_id=fault.id),
            lambda thing: _("%(thing)s: somebody reports a fault.", thing=thing),
        )


def tell_confirmed(event: FaultConfirmed) -> None:
    _answer(event, lambda thing: _("%(thing)s: the lab confirms the fault you reported.", thing=thing))


def tell_repaired(event: FaultRepaired) -> None:
    _answer(event, lambda thing: _("%(thing)s: the fault you reported is repaired.", thing=thing))


def tell_dismissed(event: FaultDismissed) -> None:
    _answer(event, lambda thing: _("%(thing)s: the lab has answered your report of a fault.", thing=thing))


def _answer(event: FaultEvent, line: Callable[[str], str]) -> None:
    fault = get_told(event.subject_id)
    path = path_to("inventory.fault", equipment_id=fault.equipment_id)
    _write(event, fault, fault.reported_by, f"inventory/mail/fault_{event.state}", path, line)


def _write(
    event: FaultEvent, fault: Fault, person: User, letter: str, path: str, line: Callable[[str], str]
) -> None:
    """Nobody is told of what they did themselves."""
    if person.id == event.actor_id or not person.is_active:
        return
    to = recipient_of(person, zone_name=fault.equipment.lab.site.zone_name)
    dedup = f"fault:{fault.id}:{event.state}"
    with in_language(to.language):
        thing = thing_text(fault.equipment, fault.unit)
        text = str(line(thing))
    queue_mail(to=to, letter=write_letter(letter, to, fault=fault, thing=thing, path=path), dedup=dedup)
    post_notice(to=to, text=text, path=path, dedup=dedup)
