"""The cards that exist: read one by one, without composing anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..cards.reader import build, read
from ..crises.card import from_mapping as crisis_from
from ..levers.card import from_mapping as lever_from
from .errors import UsageError, choices, refused
from .source import file_of, names, shown

GROUPS = ("lever", "crisis", "territory", "site")


@dataclass(frozen=True)
class Found:
    """A card with its name in the catalogue and its file."""

    name: str
    file: Path
    card: Any


def load(group: str, file: Path, name: str = "") -> Found:
    """The card of a file. UsageError naming file and line."""
    shorter = shown(file)
    try:
        mapping, where = read(shorter)
        card = _reader(group)(mapping, where)
    except (ValueError, TypeError) as problem:
        raise refused(problem, str(shorter)) from None
    return Found(name or file.stem, shorter, card)


def _reader(group: str) -> Any:
    if group == "lever":
        return lever_from
    if group == "crisis":
        return crisis_from
    if group == "territory":
        from ..world.places.territory import Territory

        return lambda mapping, where: build(Territory, mapping, where)
    from ..world.sites.site_card import SiteCard

    return lambda mapping, where: build(SiteCard, mapping, where)


def every(group: str, folders: list[Path]) -> list[Found]:
    """All cards of a group, by name."""
    return [load(group, file_of(group, name, folders), name) for name in names(group, folders)]


def one(group: str, name: str, folders: list[Path]) -> Found:
    """The card of that name. UsageError with the nearest names."""
    try:
        return load(group, file_of(group, name, folders), name)
    except KeyError:
        known = names(group, folders)
        raise UsageError("topic_name", topic=group, word=name, choices=choices(name, known)) from None
