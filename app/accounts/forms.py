"""What is typed about accounts: shape only. What it means is checked by the services."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, RadioField, SelectField, StringField, TelField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.accounts import wording
from app.accounts.models import MembershipRole
from app.accounts.rules.addresses import normalised_email
from app.accounts.rules.passwords import MOST
from app.core.i18n import LANGUAGES
from app.web.forms import BaseForm, choices_of


def _required() -> InputRequired:
    return InputRequired(_l("This is needed."))


def an_address(_form: Any, field: Any) -> None:
    """The field holds an e-mail address; it is put into its normal form."""
    try:
        field.data = normalised_email(field.data or "")
    except ValueError as error:
        raise ValidationError(_("Write an e-mail address, as name@example.com.")) from error


class SignInForm(BaseForm):
    email = EmailField(_l("E-mail"), [_required()])
    password = PasswordField(_l("Password"), [_required()])
    next = HiddenField()


class CompanyForm(BaseForm):
    organisation = StringField(_l("Company"), [_required(), Length(max=200)])


class RegisterForm(CompanyForm):
    name = StringField(_l("Your name"), [_required(), Length(max=200)])
    email = EmailField(_l("E-mail"), [_required(), an_address])
    password = PasswordField(_l("Password"), [_required(), Length(max=4 * MOST)])


class AddressForm(BaseForm):
    """Where to send a link."""

    email = EmailField(_l("E-mail"), [_required(), an_address])


class NewPasswordForm(BaseForm):
    password = PasswordField(_l("New password"), [_required(), Length(max=4 * MOST)])


class ChangePasswordForm(NewPasswordForm):
    present = PasswordField(_l("Present password"), [_required()])


class ProfileForm(BaseForm):
    name = StringField(_l("Name"), [_required(), Length(max=200)])
    phone = TelField(_l("Telephone"), [Optional(), Length(max=40)])
    language = SelectField(_l("Language"), choices=choices_of(LANGUAGES))
    calendar = SelectField(_l("Calendar"), choices=choices_of(wording.CALENDARS))


class JoinForm(BaseForm):
    """An invited person without an account."""

    name = StringField(_l("Your name"), [_required(), Length(max=200)])
    password = PasswordField(_l("Password"), [_required(), Length(max=4 * MOST)])


class InviteForm(BaseForm):
    email = EmailField(_l("E-mail"), [_required(), an_address])
    role = RadioField(
        _l("Role"), choices=choices_of(wording.MEMBERSHIP_ROLES), default=MembershipRole.MEMBER.value
    )


class ContactForm(BaseForm):
    contact_email = EmailField(_l("E-mail for the organisation"), [Optional(), an_address])
    phone = TelField(_l("Telephone"), [Optional(), Length(max=40)])


class TokenForm(BaseForm):
    name = StringField(
        _l("What it is for"),
        [_required(), Length(max=100)],
    )
