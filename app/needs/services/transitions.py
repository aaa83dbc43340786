"""The one place where a need changes its state."""

from app.core.errors import WrongState
from app.needs.models import Need
from app.needs.rules.states import Verb, after


def enter(need: Need, verb: Verb) -> None:
    """Put the need in the state that the verb leads to. Raises WrongState."""
    state = after(verb, need.state)
    if state is None:
        raise WrongState(verb=verb.value, state=need.state.value)
    need.state = state
