"""Who is told what about accounts: links by mail, and what the owner of an account should know of it.

Mail to an address that is not proved yet repeats nothing that was typed into the form, or strangers could
send messages in our name.
"""

from flask_babel import gettext as _

from app.accounts import queries
from app.accounts.events import (
    ApiTokenMade,
    MemberInvited,
    OrganisationRegistered,
    OrganisationTakenOver,
    OrganisationVerified,
    PasswordChanged,
    PasswordResetAsked,
    RegisteredForOwner,
    RegistrationRepeated,
    RoleGranted,
    UserActivated,
    UserRegistered,
)
from app.accounts.models import MembershipRole, Role, User
from app.accounts.recipients import recipient_of
from app.accounts.wording import ROLES
from app.core.i18n import in_language, localized
from app.core.text import isolated
from app.notifications.letters import write_letter
from app.notifications.recipients import Recipient
from app.notifications.services.write import post_notice, queue_mail
from app.web.links import path_to, public_address


def mail_activation(event: UserRegistered) -> None:
    """The link that proves the address, in the language the form was filled in."""
    user = _user(event.subject_id)
    to = _stranger(user.email, event.language)
    _mail_link(to, "accounts/mail/activate", event.link_id, "accounts.activate", event.link_token)


def mail_already_registered(event: RegistrationRepeated) -> None:
    """The owner learns that the account exists; whoever filled in the form does not."""
    to = recipient_of(_user(event.subject_id))
    letter = write_letter(
        "accounts/mail/already_registered",
        to,
        sign_in=_address("accounts.sign_in"),
        reset=_address("accounts.ask_for_reset"),
    )
    queue_mail(to=to, letter=letter, dedup=f"registration-repeated:{event.attempt}")


def mail_owner(event: RegisteredForOwner) -> None:
    """Whoever has the account takes over what was asked with its address, or lets it end."""
    to = recipient_of(_user(event.subject_id))
    _mail_link(
        to,
        "accounts/mail/take_over",
        event.link_id,
        "booking.take_over",
        event.link_token,
        reset=_address("accounts.ask_for_reset"),
    )


def mail_reset(event: PasswordResetAsked) -> None:
    to = recipient_of(_user(event.subject_id))
    _mail_link(to, "accounts/mail/reset", event.link_id, "accounts.reset", event.link_token)


def mail_password_changed(event: PasswordChanged) -> None:
    to = recipient_of(_user(event.subject_id))
    letter = write_letter(
        "accounts/mail/password_changed",
        to,
        by_link=event.by_link,
        reset=_address("accounts.ask_for_reset"),
    )
    queue_mail(to=to, letter=letter, dedup=f"password-changed:{event.change}")


def mail_token_made(event: ApiTokenMade) -> None:
    """A token opens the account without its password: the owner learns of it where a thief is not."""
    to = recipient_of(_user(event.subject_id))
    letter = write_letter("accounts/mail/token_made", to, reset=_address("accounts.ask_for_reset"))
    queue_mail(to=to, letter=letter, dedup=f"api-token:{event.token_id}")


def mail_invitation(event: MemberInvited) -> None:
    """To the invited address: in its account's language if it has one, else in the inviter's."""
    known = queries.find_user_by_email(event.address)
    to = (
        recipient_of(known)
        if known is not None and known.is_active
        else _stranger(event.address, event.language)
    )
    _mail_link(
        to,
        "accounts/mail/invited",
        event.link_id,
        "accounts.invitation",
        event.link_token,
        organisation=queries.get_organisation(event.subject_id),
        inviter=_user(event.inviter_id),
    )


def tell_activated(event: UserActivated) -> None:
    """The liaison office sees that a company waits to be verified, now that somebody stands behind it."""
    if event.organisation_id is not None:
        _tell_office(event.organisation_id)


def tell_registered(event: OrganisationRegistered) -> None:
    """The same at once for a company of somebody whose address is proved."""
    if event.actor_id is not None:
        _tell_office(event.subject_id)


def tell_taken_over(event: OrganisationTakenOver) -> None:
    """And for one whose admin had an account before."""
    _tell_office(event.subject_id)


def _tell_office(organisation_id: int) -> None:
    organisation = queries.get_organisation(organisation_id)
    path = path_to("admin_organisations.show", organisation_id=organisation.id)
    for liaison in queries.list_liaisons():
        with in_language(liaison.language):
            name = isolated(localized(organisation))
            line = _("%(organisation)s has registered and waits to be verified.", organisation=name)
        post_notice(
            to=recipient_of(liaison), text=line, path=path, dedup=f"organisation:{organisation.id}:new"
        )


def tell_verified(event: OrganisationVerified) -> None:
    """Its admins: what they could not book at once before, they can now."""
    organisation = queries.get_organisation(event.subject_id)
    dedup = f"organisation:{organisation.id}:verified:{organisation.verified_at}"
    for membership in queries.list_members(organisation):
        if membership.role is MembershipRole.ADMIN and membership.user.is_active:
            to = recipient_of(membership.user)
            with in_language(to.language):
                line = _("%(organisation)s is verified.", organisation=isolated(localized(organisation)))
            post_notice(to=to, text=line, path=path_to("accounts.organisation"), dedup=dedup)
            letter = write_letter(
                "accounts/mail/verified",
                to,
                organisation=organisation,
                account=_address("accounts.organisation"),
            )
            queue_mail(to=to, letter=letter, dedup=dedup)


def tell_role_granted(event: RoleGranted) -> None:
    user = _user(event.subject_id)
    with in_language(user.language):
        line = _("You have a new role: %(role)s.", role=ROLES[Role(event.role)])
    dedup = f"role:{event.role}:{event.lab_id}:{event.grant_id}"
    post_notice(to=recipient_of(user), text=line, path=path_to("accounts.account"), dedup=dedup)


def _mail_link(
    to: Recipient, template: str, link_id: int, endpoint: str, token: str, **values: object
) -> None:
    letter = write_letter(template, to, link=_address(endpoint, token=token), **values)
    queue_mail(to=to, letter=letter, dedup=f"link:{link_id}", is_secret=True)


def _address(endpoint: str, **values: object) -> str:
    return public_address(path_to(endpoint, **values))


def _stranger(email: str, language: str) -> Recipient:
    return Recipient(id=None, address=email, name="", language=language, zone_name="UTC")


def _user(user_id: int) -> User:
    user = queries.find_user(user_id)
    if user is None:
        raise LookupError(f"event about user {user_id}, who does not exist")
    return user
