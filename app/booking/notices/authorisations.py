"""Who may not work alone much longer hears of it."""

from flask_babel import gettext as _

from app.accounts.recipients import recipient_of
from app.booking.events import AuthorisationEnds
from app.booking.models import Authorisation
from app.core.i18n import in_language, localized
from app.core.text import isolated
from app.extensions import db
from app.notifications.letters import write_letter
from app.notifications.services.write import post_notice, queue_mail
from app.web.formats import date_text


def tell_ends(event: AuthorisationEnds) -> None:
    given = db.session.get_one(Authorisation, event.subject_id)
    if not given.user.is_active:
        return
    to = recipient_of(given.user, zone_name=given.lab.site.zone_name)
    thing = given.equipment or given.category or given.lab
    path = f"/equipment/{given.equipment_id}" if given.equipment_id else "/equipment"
    letter = write_letter(
        "booking/mail/authorisation_ends", to, given=given, thing=thing, until=event.valid_until, path=path
    )
    dedup = f"authorisation:{given.id}:{event.valid_until}:{event.days}"
    queue_mail(to=to, letter=letter, dedup=dedup)
    with in_language(to.language):
        text = _(
            "You may work alone with %(what)s until %(day)s.",
            what=isolated(localized(thing)),
            day=date_text(event.valid_until),
        )
    post_notice(to=to, text=str(text), path=path, dedup=dedup)
