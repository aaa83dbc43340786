"""Calendars over HTTP: the feeds as programs fetch them, and the page where their addresses are made."""
