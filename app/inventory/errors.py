"""Facts about places and equipment that stop a request."""

from collections.abc import Sequence

from app.core.errors import DomainError
from app.inventory.problems import Problem


class ImportRefused(DomainError):
    """The file has mistakes; nothing was changed. `problems` say which, in the order of its lines."""

    code = "import-refused"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)
