"""Pages for those who run the place."""
