"""What the harnesses of levers and of crises ask of any card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .reader import Finding, Where, refuse


def finding(rule: str, where: Where, path: tuple[Any, ...], found: str, expected: str, remedy: str) -> Finding:
    """What one rule has against a card, in the words of a refusal."""
    return Finding(rule, str(refuse(where, path, found, expected, remedy)))


def worded(card: Any, texts: Sequence[str], where: Where) -> Iterator[Finding]:
    """Texts that are empty, or French that is no French."""
    for name in texts:
        if not getattr(card, name).strip():
            yield finding("worded", where, (name,), "is empty", "a text, in French and in English", "write it")
    for name in ("label", "explanation"):
        if getattr(card, f"{name}_fr") == getattr(card, f"{name}_en") != "":
            yield finding("worded", where, (f"{name}_fr",), "is the same as the English", "French", "translate it")
