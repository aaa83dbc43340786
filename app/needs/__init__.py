"""Gaps computed from what was missed, and the needs that are published from them."""
