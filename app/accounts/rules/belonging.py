"""For which organisation somebody acts who has not said it. Pure."""

from collections.abc import Set

from app.core.errors import InvalidInput


def organisation_meant(own: Set[int], named: int | None) -> int:
    """The id that was named, else the only one they belong to. Raises InvalidInput: choose one, or join one.

    Whether the one named is theirs is for the caller to say.
    """
    if named is not None:
        return named
    if len(own) != 1:
        raise InvalidInput(("organisation", "choose" if own else "join"))
    return next(iter(own))
