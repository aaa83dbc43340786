"""Files made for a reader: saved under a plain name with the date, never run and never kept by a cache."""

from flask import Response

from app.core import clock

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(data: bytes, *, name: str, ending: str) -> Response:
    """The file as an attachment: name-2026-11-22.ending."""
    answer = Response(data, content_type=TYPES[ending])
    saved_as = f"{name}-{clock.now().date().isoformat()}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{saved_as}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
