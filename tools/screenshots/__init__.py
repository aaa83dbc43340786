"""Pictures of the pages with demo data, to be looked at."""
