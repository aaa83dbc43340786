"""The tables of donations."""

from app.donations.models.delivery import (
    Commissioning,
    Consignment,
    ConsignmentLine,
    DonatedUnit,
    Inspection,
)
from app.donations.models.offer import Allocation, Offer, OfferLine

__all__ = [
    "Allocation",
    "Commissioning",
    "Consignment",
    "ConsignmentLine",
    "DonatedUnit",
    "Inspection",
    "Offer",
    "OfferLine",
]
