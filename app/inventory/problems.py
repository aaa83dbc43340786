"""What is wrong with a file that is to be imported, as a code for the edge to put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """`line` and `column` say where; without a line it is the file as a whole."""

    code: str
    line: int | None = None
    column: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
