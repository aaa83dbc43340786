"""Composite pages that join features: home, search, an equipment with its week, health."""
