"""Offers as their pages show them: the list, the path, and what this person may do next."""
