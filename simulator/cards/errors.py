"""The error that refuses a card, and the place in a file that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..i18n.translation import Message
from .renamed import RELEASE, REMOVED_HANDLES

EntryPath = tuple[Any, ...]
"""Names and list indexes that lead to an entry, such as ("phases", 0, "rate")."""


class CardError(ValueError):
    """A card cannot be used. One line, a `Message`: where, what was found, what was expected, what to do."""


@dataclass(frozen=True)
class CardLocation:
    """Where a card comes from: a file (or another name), and the line of each entry if known."""

    file: str = "card"
    lines: Mapping[EntryPath, int] = field(default_factory=dict)

    def at(self, path: EntryPath) -> str:
        """'file:line' of an entry, else of the nearest enclosing entry with a known line, else the file."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return f"{self.file}:{self.lines[path[:end]]}"
        return self.file


def make_renamed_card_error(location: CardLocation, path: EntryPath, new: str, value: str | None = None) -> CardError:
    """A CardError for an entry, or its value, that has a new name."""
    facts = {"where": location.at(path), "name": ".".join(str(part) for part in path), "new": new, "release": RELEASE}
    if value is None:
        return CardError(Message("{where}: {name} is not known: renamed to {new} in {release}; write that name",
                                 **facts))
    return CardError(Message("{where}: {name} = {value!r} is not known: renamed to {new} in {release}; write that name",
                             value=value, **facts))


def make_removed_card_error(location: CardLocation, path: EntryPath, instead: str) -> CardError:
    """A CardError for an entry that is gone."""
    return CardError(Message("{where}: {name} is no longer an entry: there is {instead} instead; remove this line",
                             where=location.at(path), name=".".join(str(part) for part in path), instead=instead))


def make_removed_handle_error(where: object, handle: str) -> CardError:
    """A CardError for one of REMOVED_HANDLES. where: put before it."""
    return CardError(Message("{where}: {handle} is no longer a handle: there is {instead} instead; write one of these",
                             where=where, handle=handle, instead=REMOVED_HANDLES[handle]))


def make_card_error(location: CardLocation, path: EntryPath, found: Message, expected: Message,
                    remedy: Message) -> CardError:
    """A CardError in the form 'file:line: entry found: expected …; remedy'."""
    name = ".".join(str(part) for part in path)
    return CardError(Message("{where}: {name}{found}: expected {expected}; {remedy}", where=location.at(path),
                             name=f"{name} " if name else "", found=found, expected=expected, remedy=remedy))


def quote_value(value: object) -> Message:
    """What was found at an entry: '= ' and the value as Python writes it."""
    return Message("= {value}", value=repr(value))


def describe_range(low: float | None, high: float | None, unit: str = "") -> Message:
    """A range that was expected, such as '0 to 1000 days'. None: no bound on that side; unit: one of `NUMBER_UNITS`."""
    if low is None:
        bounds = Message("{high:g} or less", high=high)
    elif high is None:
        bounds = Message("{low:g} or more", low=low)
    else:
        bounds = Message("{low:g} to {high:g}", low=low, high=high)
    return Message("{bounds} {unit}", bounds=bounds, unit=Message(unit)) if unit else bounds
