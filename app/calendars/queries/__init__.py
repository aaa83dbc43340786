"""Every select of calendars: feeds, what they are about, and their entries."""
