"""Regular work on bookings; the registry says how often."""

from app.booking.services.due import complete_bookings, expire_requests

__all__ = ["complete_bookings", "expire_requests"]
