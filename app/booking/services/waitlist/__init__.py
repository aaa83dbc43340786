"""Waiting for time that others have: joining, the time that is held, and the answer."""
