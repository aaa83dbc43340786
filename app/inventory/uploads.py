"""Where uploads lie: lists between dry run and import, what is attached for good, and pictures of faults."""

from pathlib import Path

from flask import current_app

from app.core.files import Files
from app.core.storage import Storage


def uploaded_lists() -> Storage:
    return Storage(Path(current_app.config["UPLOADS"]) / "lists")


def attached_files() -> Files:
    return Files(Path(current_app.config["UPLOADS"]) / "attachments")


def fault_photos() -> Files:
    return Files(Path(current_app.config["UPLOADS"]) / "faults")
