"""The arms of a comparison: the same scenario and seeds, with and without levers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..records.folder import Opened
from .outcomes import OUTCOMES
from .view import RunView, views

NONE = {"fr": "Sans levier", "en": "No lever"}

NAMED = 2
"""Levers named in a portfolio's label; of more, their number."""


@dataclass
class Arm:
    """One portfolio. label: language to name; runs: seed to the run; values are measured once and kept."""

    portfolio: str
    levers: tuple[str, ...]
    label: dict[str, str]
    runs: dict[int, RunView] = field(default_factory=dict)
    _values: dict[tuple[str, int], float] = field(default_factory=dict, repr=False)

    def value(self, outcome: str, seed: int) -> float:
        """An outcome in the run of one seed; NaN if that run is missing."""
        if seed not in self.runs:
            return float("nan")
        key = (outcome, seed)
        if key not in self._values:
            self._values[key] = OUTCOMES[outcome].of(self.runs[seed])
        return self._values[key]

    def values(self, outcome: str, seeds: list[int]) -> np.ndarray:
        """float64[seeds]: an outcome, NaN where the run is missing or the outcome not known."""
        return np.array([self.value(outcome, seed) for seed in seeds], np.float64)

    def column(self, name: str, seeds: list[int]) -> np.ndarray:
        """float64[seeds]: a column of the runs table."""
        return np.array([float(self.runs[seed].run[name]) if seed in self.runs else np.nan for seed in seeds])


def arms(opened: Opened, context: str | None = None) -> list[Arm]:
    """Baseline first, then portfolios in order of their levers' names.

    ValueError if runs of several contexts (scenario, model) are mixed and none is named.
    """
    found: dict[str, Arm] = {}
    contexts = set(opened.tables["runs"]["context"])
    if context is None and len(contexts) > 1:
        raise ValueError(f"runs of {len(contexts)} different scenarios or models: name the context to compare in")
    for view in views(opened):
        if context is not None and view.run["context"] != context:
            continue
        key = str(view.run["portfolio"])
        if key not in found:
            levers = tuple(part for part in str(view.run["levers"]).split("+") if part)
            found[key] = Arm(key, levers, label(opened.content[view.run["run"]]))
        found[key].runs[int(view.run["seed"])] = view
    ordered = sorted(found.values(), key=lambda arm: (len(arm.levers) > 0, arm.levers, arm.portfolio))
    return _distinct(ordered, opened)


def label(content: Mapping[str, Any]) -> dict[str, str]:
    """A portfolio's name in each language, from its cards; the card's id where it has none."""
    cards = content.get("levers") or ()
    if not cards:
        return dict(NONE)
    if len(cards) > NAMED:
        return {"fr": f"{len(cards)} leviers ensemble", "en": f"{len(cards)} levers together"}
    return {lang: " + ".join(str(card.get(f"label_{lang}") or card["id"]) for card in cards) for lang in NONE}


def _distinct(ordered: list[Arm], opened: Opened) -> list[Arm]:
    """Arms of the same levers get their doses into their names."""
    often = Counter(arm.levers for arm in ordered)
    for arm in ordered:
        if often[arm.levers] > 1 and arm.levers:
            cards = opened.content[next(iter(arm.runs.values())).run["run"]]["levers"]
            doses = ", ".join(f"{float(card.get('dose', 1)):g}" for card in cards)
            arm.label = {lang: f"{name} (dose {doses})" for lang, name in arm.label.items()}
    return ordered


def seeds_of(chosen: list[Arm]) -> list[int]:
    """Seeds that any of these arms has played, in order."""
    return sorted({seed for arm in chosen for seed in arm.runs})
