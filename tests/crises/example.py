"""A crisis card for tests: it exposes everybody, unless a test says otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulator.cards.reader import read_yaml_card
from simulator.crises.card import Crisis, Exposure, NeedRate, NeedRates, parse_crisis

CARDS = Path(__file__).parents[2] / "configs" / "crisis"


def crisis(**entries: Any) -> Crisis:
    """crisis(days=3, services=…): a card with these entries."""
    texts = dict(label_fr="un", label_en="one", explanation_fr="un", explanation_en="one")
    plain = dict(id="example", start="2027-01-04", days=10, mode="flow", exposure=Exposure(base=0.5),
                 needs=NeedRates(food=NeedRate(1.0)))
    return Crisis(**{**texts, **plain, **entries})


def shipped(name: str) -> Crisis:
    """A card of configs/crisis."""
    mapping, where = read_yaml_card(CARDS / f"{name}.yaml")
    return parse_crisis(mapping, where)
