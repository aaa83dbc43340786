"""What running the place brings to a person's day: companies to verify; what does not run."""

from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Role
from app.accounts.permissions import may_look_after_organisations
from app.accounts.queries import list_organisations
from app.accounts.viewer import viewer
from app.admin.health import running
from app.core.i18n import localized
from app.core.text import isolated
from app.notifications.queries import count_failed_mail
from app.web.formats import number_text
from app.web.my_day import Line

NAMED = 3


def lines(_zone: ZoneInfo) -> list[Line]:
    who = viewer()
    if who is None:
        return []
    found = []
    if may_look_after_organisations(who) and (waiting := list_organisations(who, unverified=True)):
        text = ngettext(
            "%(shown)s organisation waits to be verified.",
            "%(shown)s organisations wait to be verified.",
            len(waiting),
            shown=number_text(len(waiting)),
        )
        names = str(_(", ")).join(isolated(localized(one)) for one in waiting[:NAMED])
        url = url_for("admin_organisations.index", unverified=1)
        found.append(Line(text=str(text), detail=names, url=url, action=str(_("Verify it"))))
    if who.has_role(Role.ADMIN):
        found += _running([one.name for one in running() if not one.is_well], count_failed_mail(who))
    return found


def _running(unwell: list[str], failed: int) -> list[Line]:
    found = []
    if unwell:
        text = str(_("Something does not run as it should."))
        detail = str(_(", ")).join(map(isolated, unwell))
        found.append(
            Line(
                text=text, detail=detail, url=url_for("admin_health.page"), action=str(_("See what is wrong"))
            )
        )
    if failed:
        text = str(
            ngettext(
                "%(shown)s letter could not be delivered.",
                "%(shown)s letters could not be delivered.",
                failed,
                shown=number_text(failed),
            )
        )
        found.append(Line(text=text, url=url_for("admin_mail.index"), action=str(_("Look at it"))))
    return found
