"""Backups: one file with the database and the uploads, and the way back.

The file is a gzipped tar: manifest.json (what it is, from when, for which database), database, uploads/.
The database is copied as of one instant while people go on working.
"""
