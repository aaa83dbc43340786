"""Where the results of samples and the files of comments lie."""

from pathlib import Path

from flask import current_app

from app.core.files import Files


def result_files() -> Files:
    return Files(Path(current_app.config["UPLOADS"]) / "results")


def comment_files() -> Files:
    return Files(Path(current_app.config["UPLOADS"]) / "comments")
