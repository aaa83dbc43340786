"""Facts that stop what people do with accounts."""

from app.core.errors import DomainError, NotFound, WrongState


class LinkUnusable(NotFound):
    """A link from a mail that was used, replaced, withdrawn or is too old; or that never was."""

    code = "link-unusable"


class SignInRefused(DomainError):
    """Address and password do not open an account; why is not said, so that nobody learns who has one."""

    code = "sign-in-refused"


class WrongPassword(DomainError):
    """The present password, asked for again, was not right."""

    code = "wrong-password"


class LastAdmin(WrongState):
    """Nobody would be left who can give roles back."""

    code = "last-admin"


class LastOrganisationAdmin(WrongState):
    """The organisation would be left without anybody to administer it."""

    code = "last-organisation-admin"


class ForSomebodyElse(WrongState):
    """The invitation is for another address than that of the account that is signed in."""

    code = "for-somebody-else"


class NeedsSignIn(WrongState):
    """The invited address has an account: its owner signs in first."""

    code = "needs-sign-in"
