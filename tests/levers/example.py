"""A lever that reaches everybody and turns whatever a test asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulator.cards.reader import read
from simulator.levers.active import ActiveLever
from simulator.levers.card import Lever, Turn, from_mapping
from simulator.world.world import World

CARDS = Path(__file__).parents[2] / "configs" / "lever"


def lever(*turns: tuple[str, str, float], **entries: Any) -> Lever:
    """lever(("site.staff", "add", 1.0), dose=2.0): a card with these turns."""
    words = dict(label_fr="un", label_en="one", explanation_fr="un", explanation_en="one", mechanism="m")
    return Lever(**{"id": "example", **words, "turns": [Turn(*turn) for turn in turns], **entries})


def acting(world: World, *turns: tuple[str, str, float], **entries: Any) -> ActiveLever:
    """The same, begun on day 0 and resolved."""
    active = ActiveLever(lever(*turns, **entries), 0)
    active.resolve(world)
    return active


def shipped(name: str) -> Lever:
    """A card of configs/lever."""
    mapping, where = read(CARDS / f"{name}.yaml")
    return from_mapping(mapping, where)
