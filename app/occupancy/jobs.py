"""Regular work on time taken."""

from app.extensions import db
from app.occupancy.services.canary import prove


def prove_canary() -> int:
    """Try a double booking: a database that lets it through makes the run fail, and the server unready."""
    prove(db.engine)
    return 1
