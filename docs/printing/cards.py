"""The cards shipped with the project, each read and checked once a build."""

from __future__ import annotations

from functools import cache

from simulator.config.cards.card_files import find_shipped_configs
from simulator.config.cards.catalogue import CatalogueCard, load_cards


@cache
def list_shipped_cards(group: str) -> tuple[CatalogueCard, ...]:
    """All cards of a group ("lever", "crisis"), by name."""
    return tuple(load_cards(group, [find_shipped_configs()]))
