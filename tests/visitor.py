"""The client of the tests: a browser without scripts that inspects every page it is given."""

import secrets
from collections.abc import Mapping
from contextvars import Context
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.accounts import browser
from app.accounts.models import User
from app.accounts.services.sessions import open_session
from app.extensions import db
from tests.inspection import faults
from tests.pages import Page

PASSWORD = "demo"


class Visitor(FlaskClient):
    """Somebody with a browser. Each answer in HTML is inspected; a fault fails the test.

    What a test left unsaved is a mistake of the test: the server could not see it.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        unsaved = [*db.session.dirty, *db.session.new]
        assert not unsaved, f"save() what the test made before visiting: {unsaved}"
        # An empty context: the request gets its own application context and database session, as on a
        # server, not the ones the test holds. What it wrote, the test's objects read anew.
        answer = Context().run(super().open, *args, **kwargs)
        db.session.rollback()
        db.session.expire_all()
        _inspect(answer)
        return answer

    def post(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        """POST. A form gets the CSRF token that its page would have held, unless csrf=False."""
        if csrf and "json" not in kwargs and "Authorization" not in (kwargs.get("headers") or {}):
            kwargs["data"] = {"csrf_token": self.csrf_token()} | dict(kwargs.get("data") or {})
        return super().post(*args, **kwargs)

    def page(self, url: str, status: int = 200, **kwargs: Any) -> Page:
        """The page at this address."""
        answer = self.get(url, **kwargs)
        assert answer.status_code == status, f"{url}: {answer.status} {answer.headers.get('Location', '')}"
        return Page(answer.text)

    def submit(
        self, url: str, fields: Mapping[str, Any] | None = None, *, form: str | None = None, **kwargs: Any
    ) -> TestResponse:
        """Fetch the page, fill in its form (by id or action) and send it, hidden fields and all.

        A field that the form does not have is a mistake: nobody could fill it in.
        """
        page = self.page(url)
        found = page.form(form)
        values = page.typed(found)
        offered = {control.attrs.get("name") for control in page.controls(found)}
        offered |= {button.attrs.get("name") for button in found.all("button")}
        unknown = set(fields or {}) - offered
        assert not unknown, f"the form at {url} has no {sorted(unknown)}, but {sorted(filter(None, offered))}"
        action = found.attrs.get("action") or url
        sent = {**values, **(fields or {})}
        if found.attrs.get("method", "get").lower() == "get":
            return self.get(action, query_string=sent, **kwargs)
        return super().post(action, data=sent, **kwargs)

    def sign_in(self, user: User) -> None:
        """Have a session, without the way to it: hundreds of tests begin like this."""
        assert user.is_active, f"{user.email} would not be let in"
        token = Context().run(self._session_of, user.id)
        with self.session_transaction() as session:
            session.clear()
            session[browser.TOKEN] = token
        db.session.rollback()
        db.session.expire_all()

    def sign_in_at_the_door(self, user: User, password: str = PASSWORD) -> None:
        """Sign in as a person does, at /sign-in."""
        answer = self.submit("/sign-in", {"email": user.email, "password": password}, form="/sign-in")
        assert answer.status_code in (302, 303), f"{user.email} is not let in: {Page(answer.text).text[:500]}"

    def _session_of(self, user_id: int) -> str:
        with self.application.app_context():
            user = db.session.get_one(User, user_id)
            return open_session(user=user, address="127.0.0.1", browser="")

    def csrf_token(self) -> str:
        """A token such as a form of this visitor's session would hold."""
        with self.session_transaction() as session:
            kept = session.setdefault("csrf_token", secrets.token_hex(20))
        return URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(kept)


def _inspect(answer: TestResponse) -> None:
    if answer.mimetype != "text/html" or answer.status_code in range(300, 400) or not answer.data:
        return
    whole = "part" not in answer.request.args and not answer.request.path.endswith("/look")
    wrong = faults(answer.text, whole=whole)
    assert not wrong, f"{answer.request.path} ({answer.status}):\n  " + "\n  ".join(wrong)
