"""Serving what somebody uploaded: it runs nothing and reads nothing of ours."""

from urllib.parse import quote

from flask import Response, request

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}


def answer_with(data: bytes, *, media_type: str, token: str, title: str, inline: bool) -> Response:
    """The file under a name made of its title; a picture may be shown in a page, all else is saved."""
    answer = Response(data, content_type=media_type)
    saved_as = "-".join(title.replace("/", " ").split()) + "." + ENDINGS[media_type]
    # RFC 6266: a name in any script, as a header can carry it.
    answer.headers["Content-Disposition"] = (
        f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(saved_as, safe='')}"
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # Never in a shared cache: what is taken away must stop being shown. A token's file never changes.
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.set_etag(token)
    answer.make_conditional(request)  # changes the answer itself
    return answer
