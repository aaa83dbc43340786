"""What is wrong with a line of a table, in a sentence that names the line."""

from collections.abc import Mapping
from typing import Any

from app.inventory.import_wording import place_text, problem_text
from app.inventory.problems import Problem
from app.web.formats import number_text


def sentence(problem: Problem, words: Mapping[str, Any]) -> str:
    """The problem in these words, by its code; one of files in general in theirs."""
    said = words.get(problem.code)
    if said is None:
        text = problem_text(problem)
    else:
        params = problem.params.items()
        text = str(said) % {key: number_text(v) if isinstance(v, int) else v for key, v in params}
    return ": ".join(filter(None, (place_text(problem), text)))
