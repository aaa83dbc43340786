"""Every select of booking: facts for the rules, bookings of an actor, the calendar, free time."""
