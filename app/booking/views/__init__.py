"""The pages of booking. Importing a module adds its pages to the blueprint."""

from app.booking.views import (
    answer,
    approvals,
    bookings,
    change,
    comments,
    confirm,
    day,
    decide,
    gate,
    here,
    join_waitlist,
    new,
    outages,
    propose,
    results,
    use,
    waitlist,
)
from app.booking.views.blueprint import blueprint

__all__ = [
    "answer",
    "approvals",
    "blueprint",
    "bookings",
    "change",
    "comments",
    "confirm",
    "day",
    "decide",
    "gate",
    "here",
    "join_waitlist",
    "new",
    "outages",
    "propose",
    "results",
    "use",
    "waitlist",
]
