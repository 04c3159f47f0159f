"""Reads cards one by one, without composing a configuration."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...cards.reader import build_card, read_yaml_card
from ...crises.card import parse_crisis
from ...levers.card import parse_lever
from ..errors import UsageError, to_usage_error
from .card_files import find_card_file, list_card_names, shorten_path

CATALOGUE_GROUPS = ("lever", "crisis", "territory", "site", "event", "survey")


@dataclass(frozen=True)
class CatalogueCard:
    """A card with its name (that of its file) and its file."""

    name: str
    file: Path
    card: Any


def load_card(group: str, file: Path, name: str = "") -> CatalogueCard:
    """The card of a file. UsageError naming file and line for a faulty card."""
    shorter = shorten_path(file)
    try:
        mapping, where = read_yaml_card(shorter)
        card = _get_card_reader(group)(mapping, where)
    except (ValueError, TypeError) as problem:
        raise to_usage_error(problem, str(shorter)) from None
    return CatalogueCard(name or file.stem, shorter, card)


def _get_card_reader(group: str) -> Any:
    """(mapping, location) to the card, for cards of this group."""
    if group == "lever":
        return parse_lever
    if group == "crisis":
        return parse_crisis
    if group == "territory":
        from ...world.places.territory import Territory

        return lambda mapping, where: build_card(Territory, mapping, where)
    if group == "event":
        from ...analysis.hindcast.event_card import parse_event

        return parse_event
    if group == "survey":
        from ...analysis.survey.survey_card import parse_survey

        return parse_survey
    from ...world.sites.site_card import SiteCard

    return lambda mapping, where: build_card(SiteCard, mapping, where)


def load_cards(group: str, folders: list[Path]) -> list[CatalogueCard]:
    """All cards of a group, by name."""
    return [load_card(group, find_card_file(group, name, folders), name) for name in list_card_names(group, folders)]


def find_card(group: str, name: str, folders: list[Path]) -> CatalogueCard:
    """The card of that name. UsageError with the nearest names if there is none."""
    from .card_names import find_card_name, suggest_cards

    found = find_card_name(group, name, folders) or name
    try:
        return load_card(group, find_card_file(group, found, folders), found)
    except KeyError:
        raise UsageError("unknown {topic} {word!r}: expected {choices}", topic=group, word=name,
                         choices=suggest_cards(group, name, folders)) from None
