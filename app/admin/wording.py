"""What the pages of those who run the system call things."""

from flask_babel import lazy_gettext as _l

CHECKS = {
    "database": _l("The database answers"),
    "migrations": _l("The database fits this program"),
    "triggers": _l("The guards against double booking are in place"),
    "canary": _l("A double booking was tried and refused"),
    "jobs": _l("The job runner is alive"),
}
STORES = {"database": _l("Database"), "uploads": _l("Uploaded files")}
NOT_SO = _l("This cannot be taken as it is. Choose or write something else.")
"""Beside a field of which the service says no more than a code without words."""
