"""The JSON API: its own surface, thin over the services."""
