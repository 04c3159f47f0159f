"""Lines on stderr about something that was mended or left out, in the reader's language. The work goes on."""

from __future__ import annotations

import sys
from contextvars import ContextVar

from .system_reason import translate_reason
from .translation import Message, choose_language

notice_language: ContextVar[str | None] = ContextVar("notice_language", default=None)
"""The language of the command that runs; without one, that of the environment."""


def print_notice(message: Message) -> None:
    """Print one line on stderr."""
    lang = notice_language.get() or choose_language(sys.argv[1:])
    if isinstance(why := message.facts.get("why"), str) and not isinstance(why, Message):
        message = Message(message.text, **{**message.facts, "why": translate_reason(why)})
    print(f"resilience: {message.in_language(lang)}", file=sys.stderr, flush=True)
