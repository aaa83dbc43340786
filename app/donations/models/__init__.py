"""The tables of donations."""

from app.donations.models.delivery import (
    Commissioning,
    Consignment,
    ConsignmentLine,
    DonatedUnit,
    Inspection,
)
from app.donations.models.file import FileKind, OfferFile
from app.donations.models.guest import GuestOffer
from app.donations.models.offer import Allocation, Offer, OfferLine

__all__ = [
    "Allocation",
    "Commissioning",
    "Consignment",
    "ConsignmentLine",
    "DonatedUnit",
    "FileKind",
    "GuestOffer",
    "Inspection",
    "Offer",
    "OfferFile",
    "OfferLine",
]
