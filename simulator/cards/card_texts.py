"""Texts of a card in the reader's language."""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from typing import Any

from ..i18n.translation import DEFAULT_LANGUAGE, SOURCE_LANGUAGE


def read_card_text(card: Any, name: str, lang: str) -> str:
    """A text of a card in a language, else in English, else in French; empty without any of them."""
    for entry in (f"{name}_{lang}", f"{name}_{SOURCE_LANGUAGE}", name, f"{name}_{DEFAULT_LANGUAGE}"):
        text = getattr(card, entry, "")
        if text:
            return str(text)
    return ""


def complete_labels(card: Any) -> Any:
    """The card with its label in both languages: one that is missing is that of the other language."""
    french, english = getattr(card, "label_fr", ""), getattr(card, "label_en", "")
    if bool(french) == bool(english) or not is_dataclass(card) or isinstance(card, type):
        return card
    return replace(card, label_fr=french or english, label_en=english or french)
