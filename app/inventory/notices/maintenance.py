"""Who looks after a lab hears what is due there: one letter a person, however much it is."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Role, User
from app.accounts.recipients import recipient_of
from app.core.i18n import in_language
from app.core.text import isolated
from app.inventory.events.upkeep import MaintenanceDueSoon
from app.inventory.models import MaintenancePlan
from app.inventory.queries.maintenance import get_planned
from app.inventory.queries.people import list_serving
from app.inventory.upkeep_wording import thing_text
from app.notifications.letters import write_letter
from app.notifications.recipients import Recipient
from app.notifications.services.write import post_notice, queue_mail
from app.web.formats import date_text, number_text
from app.web.links import path_to

KINDS = frozenset({MaintenanceDueSoon})


class Line(NamedTuple):
    """What is due, in the reader's words."""

    thing: str
    what: str
    due_on: str


def tell_due(events: Sequence[MaintenanceDueSoon]) -> None:
    """The lab's managers; the technicians where it has none."""
    heard: dict[User, list[MaintenancePlan]] = defaultdict(list)
    for plan in (get_planned(event.subject_id) for event in events):
        for person in list_serving(plan.equipment.lab_id, (Role.MANAGER,), (Role.TECHNICIAN,)):
            heard[person].append(plan)
    for person, plans in heard.items():
        _write(person, plans)


def _write(person: User, plans: Sequence[MaintenancePlan]) -> None:
    first = plans[0]
    to = recipient_of(person, zone_name=first.equipment.lab.site.zone_name)
    # Of each day that a plan is due on people hear once, so the first of them tells the letters apart.
    dedup = f"maintenance:{first.id}:{first.due_on}"
    with in_language(to.language):
        lines = [Line(thing_text(one.equipment, one.unit), one.what, date_text(one.due_on)) for one in plans]
    path = path_to("admin_maintenance.index")
    queue_mail(
        to=to, letter=write_letter("inventory/mail/maintenance_due", to, lines=lines, path=path), dedup=dedup
    )
    post_notice(to=to, text=_news(to, lines), path=path, dedup=dedup)


def _news(to: Recipient, lines: Sequence[Line]) -> str:
    with in_language(to.language):
        if len(lines) == 1:
            return str(_("%(thing)s: %(what)s is due.", thing=lines[0].thing, what=isolated(lines[0].what)))
        return str(
            ngettext(
                "%(shown)s thing in your labs has to be looked after soon.",
                "%(shown)s things in your labs have to be looked after soon.",
                len(lines),
                shown=number_text(len(lines)),
            )
        )
