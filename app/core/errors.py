"""Facts that stop a request. A service raises them; the web and API edges put them into words.

`code` is the stable name that the API answers with; `params` fill the sentence at the edge.
"""

from typing import Any


class DomainError(Exception):
    """Something a person can understand and act on; never a bug."""

    code = "refused"

    def __init__(self, code: str | None = None, **params: Any) -> None:
        super().__init__(code or self.code)
        self.code = code or self.code
        self.params = params


class NotFound(DomainError):
    """It does not exist, or it is not yours to know that it does."""

    code = "not-found"


class Forbidden(DomainError):
    """You may see it, and you may not do this to it."""

    code = "forbidden"


class WrongState(DomainError):
    """The verb does not fit the state the thing is in (any more)."""

    code = "wrong-state"


class InvalidInput(DomainError):
    """What was sent cannot be understood. `errors` are (field, code) pairs, in the form's words."""

    code = "invalid"

    def __init__(self, *errors: tuple[str, str], **params: Any) -> None:
        super().__init__(**params)
        self.errors = errors


class TooMany(DomainError):
    """Throttled: try again after `retry_after` seconds."""

    code = "too-many"

    def __init__(self, retry_after: int, **params: Any) -> None:
        super().__init__(**params)
        self.retry_after = retry_after


class Busy(DomainError):
    """The database could not take the work just now; nothing was changed. Try again shortly."""

    code = "busy"
    retry_after: int | None = 2


class MayHaveHappened(Busy):
    """The connection broke during the commit: all of it was done, or none, and nobody here can know.

    The one kind of Busy after which something may be changed; so nobody is told to try again by itself.
    """

    code = "may-have-happened"
    retry_after = None
