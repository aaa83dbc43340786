"""What is typed on the pages of administration: shape only."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.accounts import wording
from app.accounts.models import OrganisationKind
from app.accounts.rules.addresses import normalised_email
from app.web.forms import BaseForm, choices_of


class OrganisationForm(BaseForm):
    """Who an organisation is."""

    name = StringField(_l("Name"), [InputRequired(_l("This is needed.")), Length(max=200)])
    name_fa = StringField(_l("Name in Persian"), [Optional(), Length(max=200)])
    kind = SelectField(_l("Kind"), choices=choices_of(wording.ORGANISATION_KINDS))
    user_class = SelectField(_l("Prices and horizons of"), choices=choices_of(wording.USER_CLASSES))
    registration_number = StringField(_l("Registration number"), [Optional(), Length(max=40)])


class EnterForm(BaseForm):
    """A company without account."""

    name = StringField(_l("Name"), [InputRequired(_l("This is needed.")), Length(max=200)])
    name_fa = StringField(_l("Name in Persian"), [Optional(), Length(max=200)])
    contact_email = EmailField(_l("E-mail"), [Optional(), Length(max=254)])
    kind = SelectField(
        _l("Kind"), choices=choices_of(wording.ORGANISATION_KINDS), default=OrganisationKind.COMPANY.value
    )

    def validate_contact_email(self, field: Any) -> None:
        try:
            field.data = normalised_email(field.data)
        except ValueError as error:
            raise ValidationError(_("Write an e-mail address, as name@example.com.")) from error


class MergeForm(BaseForm):
    """Which verified organisation it is."""

    into = SelectField(_l("Verified organisation"), coerce=int, validate_choice=False)


class RoleForm(BaseForm):
    """A role to be granted, and where."""

    role = SelectField(_l("Role"), choices=choices_of(wording.ROLES))
    lab = SelectField(_l("Lab"), coerce=int)
    """0 for none."""
