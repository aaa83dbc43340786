"""Who asked hears that a booking costs something else now."""

from flask_babel import gettext as _

from app.accounts.recipients import recipient_of
from app.booking.queries.people import list_askers
from app.charges.events import QuoteMade
from app.charges.models import Quote
from app.charges.wording import money_text
from app.core.i18n import in_language
from app.core.text import isolated
from app.extensions import db
from app.notifications.letters import write_letter
from app.notifications.services.write import post_notice, queue_mail


def tell_changed(event: QuoteMade) -> None:
    """Not of the first: it stands beside the request as it is made. Nor of one that comes to the same."""
    quote = db.session.get_one(Quote, event.subject_id)
    old = db.session.get(Quote, event.replaces_id) if event.replaces_id else None
    if old is None or (old.total, old.currency) == (quote.total, quote.currency):
        return
    booking = quote.booking
    zone_name = booking.occurrences[0].items[0].equipment.lab.site.zone_name
    for person in list_askers(booking):
        to = recipient_of(person, zone_name=zone_name)
        with in_language(to.language):
            was, amount = money_text(old.total, old.currency), money_text(quote.total, quote.currency)
            text = str(
                _(
                    "%(reference)s costs %(amount)s now.",
                    reference=isolated(booking.reference),
                    amount=isolated(amount),
                )
            )
        letter = write_letter("charges/mail/quote_changed", to, quote=quote, was=was, amount=amount)
        dedup = f"quote:{quote.id}"
        queue_mail(to=to, letter=letter, dedup=dedup)
        post_notice(to=to, text=text, path=f"/bookings/{booking.reference}", dedup=dedup)
