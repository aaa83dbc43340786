"""What was just done, said on the page that follows; with a button where it can be undone."""

from collections.abc import Collection

from flask import flash


def flash_with_button(
    text: str,
    *,
    action: str,
    label: str,
    values: Collection[tuple[str, str]] = (),
    hint: str = "",
    key: str = "",
) -> None:
    """Say it, beside a button that posts the values to `action`. `hint`: what one should know of the button;
    `key`: what presses it."""
    said = {"text": text, "action": action, "label": label, "hint": hint, "key": key}
    flash(said | {"values": [list(pair) for pair in values]}, "message")  # type: ignore[arg-type]
