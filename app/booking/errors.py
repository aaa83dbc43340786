"""Facts about a request that stop it."""

from app.booking.verdicts import Verdict
from app.core.errors import DomainError, Forbidden, InvalidInput, WrongState
from app.core.spans import Span


class OutsidePolicy(DomainError):
    """A rule of the lab is not met. `verdicts` say which, and what would help."""

    code = "policy"

    def __init__(self, verdicts: tuple[Verdict, ...]) -> None:
        super().__init__()
        self.verdicts = verdicts


class StillFree(InvalidInput):
    """It is not too late: `equipment_id` can be had for `span`, before it is needed."""

    def __init__(self, equipment_id: int, span: Span) -> None:
        super().__init__(("to", "still_free"))
        self.equipment_id = equipment_id
        self.span = span


class Stands(WrongState):
    """An answer cannot be taken back (any more). `why`: late, sent, changed, or an Obstacle."""

    code = "stands"

    def __init__(self, why: str) -> None:
        super().__init__(why=why)
        self.why = why


class Answered(WrongState):
    """What a letter asked was answered already, or has changed since the letter was written."""

    code = "answered"


class NoLongerTheirs(Forbidden):
    """Who was asked by letter may not answer any more. `language` is theirs."""

    code = "no-longer-theirs"

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
