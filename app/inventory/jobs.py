"""Regular work of inventory."""

from datetime import timedelta

from app.inventory.uploads import uploaded_lists

KEPT = timedelta(days=1)
"""How long somebody may think about a dry run."""


def forget_uploaded_lists() -> int:
    """Remove lists that were uploaded and neither imported nor given up."""
    return uploaded_lists().sweep(KEPT)
