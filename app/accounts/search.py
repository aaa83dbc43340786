"""What the search over everything finds among one's own people."""

from flask import url_for
from flask_babel import gettext as _

from app.accounts.permissions import may_manage_people
from app.accounts.queries import list_colleagues
from app.accounts.viewer import viewer
from app.web.search import SHOWN, Group, Hit, Source


def _find(text: str) -> Group | None:
    """Whoever manages all people finds them there."""
    who = viewer()
    if who is None or may_manage_people(who) or not who.organisation_ids():
        return None
    url = url_for("accounts.organisation")
    found = [Hit(title=one.name, url=url, detail=one.email) for one in list_colleagues(who, text)[:SHOWN]]
    return Group(title=_("Colleagues"), icon="people", hits=found)


COLLEAGUES = Source(find=_find)
