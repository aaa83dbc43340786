"""What comes along with what, in words."""

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app.core.i18n import localized
from app.inventory.models import Equipment, EquipmentKind, Requirement
from app.web.filters import bdi
from app.web.formats import number_text

KINDS = {
    EquipmentKind.INSTRUMENT: _l("Instrument or machine"),
    EquipmentKind.ACCESSORY: _l("Accessory"),
    EquipmentKind.ROOM: _l("Room"),
    EquipmentKind.PEOPLE: _l("Operators"),
}


def number_said(requirement: Requirement) -> str:
    """How many come along."""
    if requirement.quantity is None:
        return str(_("all there are"))
    number = number_text(requirement.quantity)
    if requirement.is_shared:
        return str(_("%(number)s together", number=number))
    return str(_("%(number)s for each", number=number))


def several(things: Collection[tuple[Equipment, int]]) -> Markup | None:
    """The things by name, with how many of each; None where there are none."""
    named = [
        bdi(localized(one)) if many == 1 else bdi(localized(one)) + Markup(" × ") + number_text(many)
        for one, many in things
    ]
    return escape(_(", ")).join(named) if named else None
