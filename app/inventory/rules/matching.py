"""Whether words are about an equipment. Pure."""

from app.core.text import folded_words


def is_about(search_text: str, words: str) -> bool:
    """Whether every one of the words occurs in what the equipment is found by, however they are spelled."""
    return all(word in search_text for word in folded_words(words))
