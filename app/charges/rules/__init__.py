"""Prices, amounts and months. Pure."""
