"""The bytes of an iCalendar subscription (RFC 5545, RFC 7986). Pure.

Promise: write() takes whatever text people typed and returns octets that every calendar program reads:
one bad entry would empty a subscriber's whole calendar, so nothing here can refuse.
"""

from app.calendars.ics.document import CalendarDoc, Entry, Status
from app.calendars.ics.writer import write

__all__ = ["CalendarDoc", "Entry", "Status", "write"]
