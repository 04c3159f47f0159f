"""Texts of a card in the reader's language."""

from __future__ import annotations

from typing import Any

from ..i18n.translation import SOURCE_LANGUAGE


def read_card_text(card: Any, name: str, lang: str) -> str:
    """A text of a card in a language, in English where the card has none in that language; empty without either."""
    for entry in (f"{name}_{lang}", f"{name}_{SOURCE_LANGUAGE}", name):
        text = getattr(card, entry, "")
        if text:
            return str(text)
    return ""
