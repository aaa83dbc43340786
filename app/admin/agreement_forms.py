"""What is typed about an agreement: shape only."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.agreements.models import AgreementKind
from app.agreements.wording import KINDS
from app.web.fields import LocalDateField
from app.web.forms import BaseForm, choices_of

NEEDED = _l("This is needed.")


class AgreementForm(BaseForm):
    """A signed letter."""

    kind = SelectField(_l("Kind"), choices=choices_of(KINDS))
    number = StringField(_l("Number of the letter"), [InputRequired(NEEDED), Length(max=60)])
    signed_on = LocalDateField(_l("Signed on"), [InputRequired(NEEDED)])
    valid_from = LocalDateField(_l("In force from"), [InputRequired(NEEDED)])
    valid_until = LocalDateField(_l("In force until"), [Optional()])
    note = StringField(_l("Note"), [Optional(), Length(max=500)])

    def values(self) -> dict[str, Any]:
        return {
            "kind": AgreementKind(self.kind.data),
            "number": self.number.data or "",
            "signed_on": self.signed_on.data,
            "valid_from": self.valid_from.data,
            "valid_until": self.valid_until.data,
            "note": self.note.data or "",
        }
