"""Under which numbers a lever that looks null would matter: scenario discovery over plausible sets, tried on others.

Hundreds of numbers vary over a hundred sets, so that some box always looks dense. Only the few numbers most associated
with the cases are searched, and a box counts only if it is denser than chance in the half of the sets that it was not
found in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..effects.paired_comparison import NAN
from ..robustness.scenario_discovery import ScenarioBox, discover_box
from .rank_acceptability import estimate_share
from .surrogate import MIN_SETS

SEARCHED_NUMBERS = 6
"""Numbers of strongest association in which a box is searched."""
MIN_CASES = 5
"""Fewer sets in which the lever matters, or in which it does not, tell nothing."""
HELD_OUT_LEVEL = 0.9
"""Level at which a box is denser than all sets, in the half that it was not found in."""


@dataclass(frozen=True)
class MatteringConditions:
    """When a lever matters. sets: that were played; cases: those in which it does. box: None if none holds elsewhere.

    held_out_density: share of cases among the sets inside a box that were not used to find it, over both halves.
    """

    sets: int
    cases: int
    box: ScenarioBox | None = None
    held_out_density: float = NAN

    @property
    def is_told(self) -> bool:
        """True if there were enough sets, cases and others to look for a box."""
        return self.sets >= MIN_SETS and min(self.cases, self.sets - self.cases) >= MIN_CASES


def find_mattering_conditions(numbers: Mapping[str, np.ndarray], matters: np.ndarray) -> MatteringConditions:
    """The box of numbers in which a lever matters. numbers: name to float64[sets]. matters: bool[sets].

    MissingExtra without the libraries of scenario discovery.
    """
    matters = np.asarray(matters, bool)
    empty = MatteringConditions(matters.size, int(matters.sum()))
    if not empty.is_told:
        return empty
    inside_hits, inside = 0, 0
    for half in (0, 1):
        fitted, other = np.arange(matters.size) % 2 == half, np.arange(matters.size) % 2 != half
        box = _find_box(_take(numbers, fitted), matters[fitted])
        rows = is_inside(box, _take(numbers, other)) if box else np.zeros(int(other.sum()), bool)
        inside_hits, inside = inside_hits + int(matters[other][rows].sum()), inside + int(rows.sum())
    if not inside:
        return empty
    density = inside_hits / inside
    if estimate_share(density, inside, HELD_OUT_LEVEL).low <= matters.mean():
        return MatteringConditions(matters.size, int(matters.sum()), None, density)
    return MatteringConditions(matters.size, int(matters.sum()), _find_box(numbers, matters), density)


def _take(numbers: Mapping[str, np.ndarray], rows: np.ndarray) -> dict[str, np.ndarray]:
    return {name: np.asarray(values)[rows] for name, values in numbers.items()}


def _find_box(numbers: Mapping[str, np.ndarray], matters: np.ndarray) -> ScenarioBox | None:
    """The box in the numbers most associated with the cases; None if all or no sets are cases, or nothing limits it."""
    if matters.all() or not matters.any():
        return None
    gaps = {name: abs(float(values[matters].mean() - values[~matters].mean())) / float(values.std() or 1.0)
            for name, values in numbers.items()}
    chosen = sorted(gaps, key=lambda name: -gaps[name])[:SEARCHED_NUMBERS]
    box = discover_box({name: numbers[name] for name in chosen}, matters)
    return box if box.limits else None


def is_inside(box: ScenarioBox, numbers: Mapping[str, np.ndarray]) -> np.ndarray:
    """bool[sets]: which sets lie within every limit of a box of numbers."""
    inside = np.ones(len(next(iter(numbers.values()))), bool)
    for limit in box.limits:
        inside &= (numbers[limit.name] >= limit.low) & (numbers[limit.name] <= limit.high)
    return inside
