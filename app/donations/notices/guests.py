"""Who is told what about gifts."""

from app.donations.events import GuestOffered
from app.donations.queries.guests import get_guest_offer
from app.notifications.letters import write_letter
from app.notifications.recipients import Recipient
from app.notifications.services.write import queue_mail
from app.web.links import path_to, public_address


def mail_confirmation(event: GuestOffered) -> None:
    """The link that makes an offer of what was typed. Nothing of that is repeated to an unproved address."""
    guest = get_guest_offer(event.subject_id)
    to = Recipient(id=None, address=guest.email, name="", language=guest.language, zone_name="UTC")
    link = public_address(path_to("donations.confirm", token=event.token))
    letter = write_letter("donations/mail/confirm", to, link=link)
    queue_mail(to=to, letter=letter, dedup=f"guest-offer:{guest.id}", is_secret=True)
