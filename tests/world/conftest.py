"""Worlds shared by several tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.cards.reader import build_card, read_yaml_card
from simulator.parameters import Model
from simulator.world.build import build_world
from simulator.world.places.territory import Territory, make_default_territory
from simulator.world.sites.site_card import SiteCard
from simulator.world.world import World


@pytest.fixture(scope="session")
def cards(root: Path) -> dict[str, SiteCard]:
    """The site cards of the project, by id."""
    paths = sorted((root / "configs" / "site").glob("*.yaml"))
    return {card.id: card for card in (build_card(SiteCard, *read_yaml_card(path)) for path in paths)}


@pytest.fixture(scope="session")
def village(cards: dict[str, SiteCard]) -> World:
    """The smallest territory."""
    return build_world(Territory("village", communes=["93071"], residents=500), Model(), 1, cards)


@pytest.fixture(scope="session")
def around(cards: dict[str, SiteCard]) -> World:
    """The default territory."""
    return build_world(make_default_territory(), Model(), 1, cards)
