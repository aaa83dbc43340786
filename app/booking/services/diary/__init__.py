"""Bringing in the diary that a lab kept before."""
