"""Fixtures: Mesa models of the village, a territory small enough for quick tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.agents import TerritoryModel
from simulator.world.world import World
from tests.agents.village import village


@pytest.fixture(scope="session")
def built() -> World:
    """The village's world on its first day, built once."""
    return TerritoryModel(village()).world.copy()


@pytest.fixture
def make(built: World) -> Callable[..., TerritoryModel]:
    """make(residents=…, by_hand=…): a fresh model of the village."""
    return lambda **options: TerritoryModel(village(), world=built.copy(), **options)


@pytest.fixture
def model(make: Callable[..., TerritoryModel]) -> TerritoryModel:
    """A fresh model of the village."""
    return make()
