"""Facts that stop a gift."""

from app.core.errors import DomainError


class OverPromised(DomainError):
    """The need has been promised by others meanwhile, or the line does not hold as much.

    `left` says how many could be promised still; whoever wants to may stand by.
    """

    code = "over-promised"


class SignInFirst(DomainError):
    """What was offered without an account is confirmed by the account that the address has."""

    code = "sign-in-first"
