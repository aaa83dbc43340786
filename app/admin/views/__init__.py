"""Pages of those who run the system and of the liaison office. Thin: the services decide."""
