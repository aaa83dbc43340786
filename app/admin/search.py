"""What the search over everything finds among what is administered: people, organisations, the pages."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _

from app.accounts.permissions import may_look_after_organisations, may_manage_people
from app.accounts.queries import list_names, list_organisations, list_people
from app.accounts.viewer import viewer
from app.accounts.wording import ORGANISATION_KINDS
from app.admin.views.home import sections
from app.booking.permissions import LAB_STAFF
from app.booking.queries.authorisations import list_authorised
from app.core.i18n import localized
from app.core.text import is_about
from app.web.search import SHOWN, Group, Hit, Source


def _people(text: str) -> Group | None:
    who = viewer()
    if who is None or not may_manage_people(who):
        return None
    found = list_people(who, text=text)
    return Group(
        title=_("People"),
        icon="people",
        hits=[
            Hit(title=one.name, url=url_for("admin_people.show", user_id=one.id), detail=one.email)
            for one in found[:SHOWN]
        ],
        more=url_for("admin_people.index", q=text) if len(found) > SHOWN else None,
    )


def _authorised(text: str) -> Group | None:
    """Who works alone in one's labs, for the staff who may not look at all people."""
    who = viewer()
    if who is None or may_manage_people(who) or not who.has_role(*LAB_STAFF):
        return None
    return Group(
        title=_("Who may work alone"),
        icon="people",
        hits=[
            Hit(
                title=user.name,
                url=url_for("admin_authorisations.index", lab_id=lab.id),
                detail=localized(lab),
            )
            for user, lab in list_authorised(who, text, limit=SHOWN)
        ],
    )


def _organisations(text: str) -> Group | None:
    who = viewer()
    if who is None or not may_look_after_organisations(who):
        return None
    found = list_organisations(who, text=text)
    return Group(
        title=_("Organisations"),
        icon="people",
        hits=[
            Hit(
                title=localized(one),
                url=url_for("admin_organisations.show", organisation_id=one.id),
                detail=str(ORGANISATION_KINDS[one.kind]),
            )
            for one in found[:SHOWN]
        ],
        more=url_for("admin_organisations.index", q=text) if len(found) > SHOWN else None,
    )


def _names() -> Iterable[str]:
    who = viewer()
    return list_names(who) if who else ()


def _sections(text: str) -> Group | None:
    if viewer() is None:
        return None
    found = [one for one in sections() if is_about(f"{one.label} {one.text}", text)]
    return Group(
        title=_("Administration"),
        icon="gear",
        hits=[Hit(title=one.label, url=one.url, detail=one.text) for one in found[:SHOWN]],
    )


PEOPLE = Source(find=_people)
AUTHORISED = Source(find=_authorised)
ORGANISATIONS = Source(find=_organisations, names=_names)
SECTIONS = Source(find=_sections)
