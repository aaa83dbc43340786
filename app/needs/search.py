"""What the search over everything finds among needs."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _

from app.accounts.viewer import viewer
from app.core.i18n import localized
from app.core.text import isolated
from app.needs.models import Need
from app.needs.queries.needs import find_by_reference, list_about, titles
from app.needs.wording import STATES
from app.web.search import SHOWN, Group, Hit, Source


def _find(text: str) -> Group:
    found = list_about(viewer(), text)
    return Group(
        title=_("Needs"),
        icon="gift",
        hits=[_hit(need) for need in found[:SHOWN]],
        more=url_for("needs.board", q=text) if len(found) > SHOWN else None,
    )


def _hit(need: Need) -> Hit:
    return Hit(
        title=localized(need, "title"),
        url=_address(need.id),
        reference=need.reference,
        detail=f"{isolated(localized(need.lab))} · {STATES[need.state]}",
    )


def _address(need_id: int) -> str:
    return url_for("needs.show", need_id=need_id)


def _named(reference: str) -> str | None:
    found = find_by_reference(viewer(), reference)
    return _address(found) if found else None


def _names() -> Iterable[str]:
    return titles(viewer())


NEEDS = Source(find=_find, names=_names, named=_named)
