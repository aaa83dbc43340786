"""Rules of accounts: pure functions."""
