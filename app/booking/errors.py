"""Facts about a request that stop it."""

from app.booking.verdicts import Verdict
from app.core.errors import DomainError


class OutsidePolicy(DomainError):
    """A rule of the lab is not met. `verdicts` say which, and what would help."""

    code = "policy"

    def __init__(self, verdicts: tuple[Verdict, ...]) -> None:
        super().__init__()
        self.verdicts = verdicts
