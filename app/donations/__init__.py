"""Offers, from what somebody would give to what it served."""
