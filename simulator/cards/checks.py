"""Checks that lever cards and crisis cards share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..i18n.translation import Message
from .errors import CardError, CardLocation, make_card_error


@dataclass(frozen=True)
class CardFinding:
    """One complaint about a card. rule: the check that complains; text: one line, worded like a CardError."""

    rule: str
    text: Message

    def __str__(self) -> str:
        return self.text


def make_finding(rule: str, location: CardLocation, path: tuple[Any, ...], found: Message, expected: Message,
                 remedy: Message) -> CardFinding:
    """The complaint of one check about an entry of a card, worded like a `CardError`."""
    return CardFinding(rule, make_card_error(location, path, found, expected, remedy).args[0])


def find_unreadable(error: CardError) -> CardFinding:
    """The finding for a card that cannot be read."""
    return CardFinding("readable", error.args[0])


def check_texts(card: Any, texts: Sequence[str], location: CardLocation) -> Iterator[CardFinding]:
    """A finding for each text that is empty, and for each French text that equals the English one."""
    for name in texts:
        if not getattr(card, name).strip():
            yield make_finding("worded", location, (name,), Message("is empty"),
                               Message("a text, in French and in English"), Message("write it"))
    for name in ("label", "explanation"):
        if getattr(card, f"{name}_fr") == getattr(card, f"{name}_en") != "":
            yield make_finding("worded", location, (f"{name}_fr",), Message("is the same as the English"),
                               Message("French"), Message("translate it"))
