"""Worlds that several tests read."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.cards.reader import build as build_card
from simulator.cards.reader import read
from simulator.parameters import Model
from simulator.world.build import build
from simulator.world.places.territory import Territory, three_sites
from simulator.world.sites.site_card import SiteCard
from simulator.world.world import World


@pytest.fixture(scope="session")
def cards(root: Path) -> dict[str, SiteCard]:
    """The site cards that come with the project."""
    made = [build_card(SiteCard, *read(path)) for path in sorted((root / "configs" / "site").glob("*.yaml"))]
    return {card.id: card for card in made}


@pytest.fixture(scope="session")
def village(cards: dict[str, SiteCard]) -> World:
    """The smallest territory."""
    return build(Territory("village", communes=["93071"], residents=500), Model(), 1, cards)


@pytest.fixture(scope="session")
def around(cards: dict[str, SiteCard]) -> World:
    """The default territory."""
    return build(three_sites(), Model(), 1, cards)
