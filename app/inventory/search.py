"""What the search over everything finds among equipment and labs."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.core.i18n import localized
from app.core.text import is_about, isolated
from app.inventory.models import Equipment, EquipmentStatus, Lab
from app.inventory.queries.places import list_labs
from app.inventory.queries.search import list_called, names_of_equipment, with_tag
from app.inventory.wording import EQUIPMENT_STATUSES
from app.web.search import SHOWN, Group, Hit, Source


def _equipment(text: str) -> Group:
    found = list_called(viewer(), text, limit=SHOWN + 1)
    return Group(
        title=_("Equipment"),
        icon="tool",
        hits=[_hit(one) for one in found[:SHOWN]],
        more=url_for("inventory.catalogue", q=text) if len(found) > SHOWN else None,
    )


def _hit(equipment: Equipment) -> Hit:
    parts = [isolated(equipment.model)] if equipment.model else []
    parts.append(isolated(localized(equipment.lab)))
    if equipment.status is not EquipmentStatus.IN_SERVICE:
        parts.append(str(EQUIPMENT_STATUSES[equipment.status]))
    return Hit(title=localized(equipment), url=_address(equipment.id), detail=" · ".join(parts))


def _address(equipment_id: int) -> str:
    return url_for("site.equipment", equipment_id=equipment_id)


def _equipment_with_tag(tag: str) -> str | None:
    """Where the thing is whose label was typed or scanned."""
    found = with_tag(viewer(), tag) if any(character.isdigit() for character in tag) else None
    return _address(found) if found else None


def _labs(text: str) -> Group:
    found = [lab for lab in list_labs() if is_about(_texts(lab), text)]
    return Group(
        title=_("Labs"),
        icon="pin",
        hits=[
            Hit(
                title=localized(lab),
                url=url_for("inventory.lab", slug=lab.slug),
                detail=localized(lab.site),
            )
            for lab in found[:SHOWN]
        ],
    )


def _texts(lab: Lab) -> str:
    return " ".join(filter(None, (lab.name, lab.name_fa, lab.location)))


def _names() -> Iterable[str]:
    return names_of_equipment(viewer())


EQUIPMENT = Source(find=_equipment, names=_names, named=_equipment_with_tag)
LABS = Source(find=_labs)
