"""A deputy hears for whom, where and how long."""

from flask_babel import gettext as _

from app.accounts.models import User
from app.accounts.recipients import recipient_of
from app.booking.events import DeputyNamed
from app.core.i18n import in_language, localized
from app.core.text import isolated
from app.extensions import db
from app.inventory.models import Lab
from app.notifications.letters import write_letter
from app.notifications.services.write import post_notice, queue_mail


def tell_named(event: DeputyNamed) -> None:
    deputy, absent = (db.session.get_one(User, id_) for id_ in (event.deputy_id, event.absent_id))
    lab = db.session.get_one(Lab, event.lab_id)
    to = recipient_of(deputy, zone_name=lab.site.zone_name)
    letter = write_letter("booking/mail/deputy", to, absent=absent, lab=lab, event=event)
    dedup = f"deputy:{event.subject_id}:{event.begins_at:%y%m%d}:{event.ends_at:%y%m%d}"
    queue_mail(to=to, letter=letter, dedup=dedup)
    with in_language(to.language):
        text = _(
            "You stand in for %(who)s in %(lab)s.",
            who=isolated(absent.name),
            lab=isolated(localized(lab)),
        )
    post_notice(to=to, text=str(text), path="/approvals", dedup=dedup)
