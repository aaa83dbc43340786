"""The tables of accounts."""

from app.accounts.models.access import (
    ApiToken,
    OneTimeToken,
    Throttle,
    TokenPurpose,
    UserSession,
)
from app.accounts.models.organisation import Organisation, OrganisationKind, UserClass
from app.accounts.models.user import LAB_ROLES, Membership, MembershipRole, Role, RoleGrant, User

__all__ = [
    "LAB_ROLES",
    "ApiToken",
    "Membership",
    "MembershipRole",
    "OneTimeToken",
    "Organisation",
    "OrganisationKind",
    "Role",
    "RoleGrant",
    "Throttle",
    "TokenPurpose",
    "User",
    "UserClass",
    "UserSession",
]
