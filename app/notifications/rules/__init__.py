"""Rules of notifications: pure functions."""
