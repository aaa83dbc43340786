"""A form and the service it is for: both have to agree."""

from collections.abc import Callable, Mapping
from typing import Any

from app.admin.wording import NOT_SO
from app.core.errors import InvalidInput
from app.inventory.wording import REFUSALS
from app.web.forms import BaseForm


def accepted(form: BaseForm, work: Callable[[], Any], words: Mapping[str, Any] = REFUSALS) -> bool:
    """Whether the form is right and the service took it; what it refused stands beside its fields.

    `words` for the codes are those of the feature that the service belongs to.
    """
    if not form.validate():
        return False
    try:
        work()
    except InvalidInput as refused:
        form.take(refused, {(field, code): str(words.get(code, NOT_SO)) for field, code in refused.errors})
        return False
    return True
