"""Commands: thin over the services."""
