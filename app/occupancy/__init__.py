"""One table of time: whatever takes time on equipment is a claim, and never more than there is.

Promise: at every instant the quantity claimed of an equipment is at most its capacity at that time.
The database keeps it (invariants.py); services/claims.py is the only writer. docs/double-booking.md.
"""
