"""Asking for equipment and deciding about it: rules, requests, decisions, and the time they take."""
