"""Where the files of offers lie."""

from pathlib import Path

from flask import current_app

from app.core.files import Files


def offered_files() -> Files:
    return Files(Path(current_app.config["UPLOADS"]) / "offers")
