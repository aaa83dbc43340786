"""A form and the service it is for: both have to agree."""

from collections.abc import Callable
from typing import Any

from app.core.errors import InvalidInput
from app.inventory.wording import refusals
from app.web.forms import BaseForm


def accepted(form: BaseForm, work: Callable[[], Any]) -> bool:
    """Whether the form is right and the service took it; what it refused stands beside its fields."""
    if not form.validate():
        return False
    try:
        work()
    except InvalidInput as refused:
        form.take(refused, refusals(refused))
        return False
    return True
