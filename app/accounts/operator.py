"""Who acts when a command is run on the server itself."""

from typing import Any

from app.accounts.models import User


class Operator:
    """Whoever can run commands on this machine can already do everything; the log names nobody."""

    id: None = None

    def has_role(self, *_roles: Any, lab_id: int | None = None) -> bool:
        return True

    def lab_ids(self, *_roles: Any) -> set[int]:
        """None in particular: it needs no lab's role."""
        return set()


OPERATOR = Operator()
Actor = User | Operator
"""Whom services take that commands call as well."""
