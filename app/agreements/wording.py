"""The words for what agreements store as codes."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.agreements.models import Agreement, AgreementKind, PaperKind
from app.core.i18n import localized
from app.core.text import isolated

KINDS = {
    AgreementKind.MOU: _l("Memorandum of understanding"),
    AgreementKind.SERVICE_TERMS: _l("Terms of service"),
    AgreementKind.NDA: _l("Non-disclosure agreement"),
    AgreementKind.GIFT: _l("Gift agreement"),
    AgreementKind.LOAN: _l("Loan agreement"),
}
PAPERS = {
    PaperKind.INSURANCE: _l("Insurance"),
    PaperKind.SAFETY_BRIEFING: _l("Safety briefing"),
    PaperKind.LIABILITY: _l("Letter of liability"),
    PaperKind.IDENTITY: _l("Proof of identity"),
}
REFUSALS = {
    "too-long": _l("This is too long. Shorten it."),
    "ends-before-it-starts": _l("The end comes before the beginning."),
}
"""What a service found wrong, by its code, as said beside the field."""


def agreement_text(one: Agreement) -> str:
    """Whose it is, what it is and its number."""
    return str(
        _(
            "%(who)s: %(kind)s %(number)s",
            who=isolated(localized(one.organisation)),
            kind=KINDS[one.kind],
            number=isolated(one.number),
        )
    )
