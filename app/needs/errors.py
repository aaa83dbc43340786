"""Facts that stop what is done with a need."""

from app.core.errors import Forbidden


class FourEyes(Forbidden):
    """Who wrote a need by hand is not the one who publishes it."""

    code = "four-eyes"
