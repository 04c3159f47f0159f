"""The error for input that cannot be used: what was found, where, what was expected, what to do."""

from __future__ import annotations

from typing import Any

from .translation import Message


class InputError(ValueError):
    """Input that cannot be used. Its text is a `Message` made of the arguments, so that it is shown in any language."""

    def __init__(self, text: str, /, **facts: Any) -> None:
        super().__init__(text if isinstance(text, Message) else Message(text, **facts))
