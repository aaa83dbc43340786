"""The text that searching reads. Pure."""

from collections.abc import Iterable

from app.core.text import fold, folded_words


def search_text(names: Iterable[str | None], texts: Iterable[str | None] = ()) -> str:
    """The folded names and the folded words of longer texts, each once, with spaces between them.

    A name is folded whole, so that «کارگاه‌ها» is found however its halves are joined; in running text
    that would find "raman" in "spectra management".
    """
    folded = [fold(name) for name in names if name]
    folded += [word for text in texts if text for word in folded_words(text)]
    return " ".join(dict.fromkeys(key for key in folded if key))
