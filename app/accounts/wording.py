"""The words for what accounts store as codes."""

from flask_babel import lazy_gettext as _l

from app.accounts.models import MembershipRole, OrganisationKind, Role, UserClass

ROLES = {
    Role.ADMIN: _l("System administrator"),
    Role.LIAISON: _l("Industry liaison office"),
    Role.MANAGER: _l("Lab manager"),
    Role.APPROVER: _l("Approver"),
    Role.TECHNICIAN: _l("Technician"),
    Role.GATE: _l("Gate: sees who is expected"),
    Role.SAFETY_OFFICER: _l("Safety officer"),
}
MEMBERSHIP_ROLES = {
    MembershipRole.MEMBER: _l("Member: books for the organisation"),
    MembershipRole.ADMIN: _l("Administrator: books, and invites people"),
}
ORGANISATION_KINDS = {
    OrganisationKind.COMPANY: _l("Company"),
    OrganisationKind.UNIVERSITY: _l("University"),
    OrganisationKind.CHAMBER: _l("Chamber of commerce"),
    OrganisationKind.GUILD: _l("Guild"),
    OrganisationKind.INDUSTRIAL_TOWN: _l("Industrial town"),
    OrganisationKind.FOUNDATION: _l("Foundation"),
    OrganisationKind.OTHER: _l("Other"),
}
USER_CLASSES = {
    UserClass.INTERNAL: _l("Own university"),
    UserClass.ACADEMIC: _l("Other university"),
    UserClass.INDUSTRY: _l("Industry"),
}
CALENDARS = {"gregorian": _l("Gregorian"), "jalali": _l("Solar Hijri (Jalali)")}

REFUSALS = {
    ("email", "no_address"): _l("Write an e-mail address, as name@example.com."),
    ("email", "already_member"): _l("This person belongs to the organisation already."),
    ("email", "taken"): _l("This address has an account already."),
    ("contact_email", "no_address"): _l("Write an e-mail address, as name@example.com."),
    ("name", "no_name"): _l("Write a name of at most 200 characters, without an internet address."),
    ("name", "required"): _l("Give it a name, to recognise it by later."),
    ("name_fa", "no_name"): _l("Write a name of at most 200 characters, without an internet address."),
    ("organisation", "no_name"): _l("Write a name of at most 200 characters, without an internet address."),
    ("password", "too_short"): _l("Use at least 12 characters. A few words with spaces are fine."),
    ("password", "too_long"): _l("Use at most 128 characters."),
    ("password", "too_common"): _l(
        "This is among the first that would be guessed. Use several words that do not belong together."
    ),
    ("password", "required"): _l("Choose a password."),
    ("lab", "required"): _l("Choose the lab in which this role counts."),
    ("lab", "not_for_this_role"): _l("This role counts everywhere: choose no lab."),
}
"""What a service found wrong, by field and code, as said beside the field."""
