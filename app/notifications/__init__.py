"""In-app notices and the outbox. Knows a recipient only as a snapshot: id, address, language, zone."""
