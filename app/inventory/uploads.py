"""Where an uploaded list lies between its dry run and the import."""

from pathlib import Path

from flask import current_app

from app.core.storage import Storage


def uploaded_lists() -> Storage:
    return Storage(Path(current_app.config["UPLOADS"]) / "lists")
