"""A lever card for tests: it reaches everybody and modifies the handles that a test names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulator.cards.reader import read_yaml_card
from simulator.levers.active_lever import ActiveLever
from simulator.levers.card import Lever, Modifier, parse_lever
from simulator.world.world import World

CARDS = Path(__file__).parents[2] / "configs" / "lever"


def lever(*modifiers: tuple[str, str, float], **entries: Any) -> Lever:
    """lever(("site.staff", "add", 1.0), dose=2.0): a card with these modifiers and entries."""
    texts = dict(label_fr="un", label_en="one", explanation_fr="un", explanation_en="one", mechanism="m")
    return Lever(**{"id": "example", **texts, "modifiers": [Modifier(*each) for each in modifiers], **entries})


def acting(world: World, *modifiers: tuple[str, str, float], **entries: Any) -> ActiveLever:
    """The same lever, started on day 0 and resolved."""
    active = ActiveLever(lever(*modifiers, **entries), 0)
    active.resolve(world)
    return active


def shipped(name: str) -> Lever:
    """A card of configs/lever."""
    mapping, where = read_yaml_card(CARDS / f"{name}.yaml")
    return parse_lever(mapping, where)
