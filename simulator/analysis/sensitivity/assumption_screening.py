"""Which assumed numbers a conclusion leans on most: moved in groups, the groups that matter halved down to one number.

All numbers are moved at once in the first round, group by group, each to one end of its range picked by a hash of its
name, so that no group is pushed one way on purpose. The sets that change the effect most are halved until single
numbers are left; these are tried at their other end too. What is never singled out has been measured in its set only:
moves within one can cancel. Source: Bettonvil & Kleijnen 1997, Searching for important factors in simulation models
with many factors, doi:10.1016/S0377-2217(96)00156-7 (sequential bifurcation), here without assumed signs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import sqrt

import numpy as np

from ...records.evidence import Known
from ..effects.paired import NAN, half_width

WIDTH = 3
"""Sets followed up in one round: enough work for a few processes."""
CARDS = ("lever", "crisis")

Moves = dict[str, float]


@dataclass(frozen=True)
class Effects:
    """What was played at one point: the change each arm brings, float64[seeds]; lead: the arm that leads at default."""

    by_arm: Mapping[str, np.ndarray]

    def leads(self, lead: str) -> bool:
        """Whether that arm still has the lowest mean."""
        means = {arm: float(np.mean(values)) for arm, values in self.by_arm.items()}
        return means[lead] <= min(means.values())


Measure = Callable[[Sequence[Moves]], Sequence[Effects | None]]
"""Plays points and gives the effects at each; None where a point could not be played."""


@dataclass(frozen=True)
class Tried:
    """A set of numbers moved together. change: of the leading arm's effect, float64[seeds]; empty if not playable."""

    moves: Moves
    change: np.ndarray
    leads: bool

    @property
    def mean(self) -> float:
        """Mean change of the effect; NaN where it could not be played."""
        return float(self.change.mean()) if self.change.size else NAN

    @property
    def half(self) -> float:
        """Half the width of its 95 % interval; NaN for one seed."""
        return half_width(float(self.change.std(ddof=1)), self.change.size) if self.change.size > 1 else NAN

    @property
    def size(self) -> float:
        """How far the effect moved, either way; 0 where it could not be played."""
        return abs(self.mean) if self.change.size else 0.0

    @property
    def weight(self) -> float:
        """How far it moved beyond one standard error: what is followed up, so that luck is not halved and halved."""
        if self.change.size < 2:
            return self.size
        return max(0.0, self.size - float(self.change.std(ddof=1)) / sqrt(self.change.size))

    @property
    def is_clear(self) -> bool:
        """True when the 95 % interval of the change leaves out 0."""
        return self.size > self.half


@dataclass
class Lean:
    """What was found. effect: of the leading arm, float64[seeds]; tried: every set and number that was moved."""

    lead: str
    effect: np.ndarray
    points: int
    tried: list[Tried] = field(default_factory=list)

    def singles(self) -> dict[str, list[Tried]]:
        """Numbers that were moved alone, the strongest first, each with the ends it was tried at."""
        found: dict[str, list[Tried]] = {}
        for one in self.tried:
            if len(one.moves) == 1:
                found.setdefault(next(iter(one.moves)), []).append(one)
        return dict(sorted(found.items(), key=lambda item: (-max(one.size for one in item[1]), item[0])))

    def rest(self) -> list[Tried]:
        """Sets that were never halved: what is known of all other numbers."""
        alone = set(self.singles())
        sets = [one for one in self.tried if len(one.moves) > 1]
        smaller = [set(one.moves) for one in self.tried]
        return [one for one in sets if not set(one.moves) & alone
                and not any(part < set(one.moves) for part in smaller)]


def search(known: Sequence[Known], lead: str, effects: Effects, points: int, measure: Measure) -> Lean:
    """Play at most so many points. known: the numbers; effects: at their present values."""
    numbers = {one.name: one for one in known if one.is_open}
    lean, due = Lean(lead, effects.by_arm[lead], points), first(numbers.values())
    while due and len(lean.tried) < points:
        due, later = due[:points - len(lean.tried)], due[points - len(lean.tried):]
        for moves, found in zip(due, measure(due), strict=True):
            change = found.by_arm[lead] - lean.effect if found is not None else np.zeros(0)
            lean.tried.append(Tried(moves, change, found is None or found.leads(lead)))
        due = later or following(lean, numbers)
    return lean


def first(numbers: Iterable[Known]) -> list[Moves]:
    """One set for each group of settings and each card, cards first."""
    ordered = sorted(numbers, key=lambda one: (one.group.split(".")[0] not in CARDS, one.group, one.name))
    return [{one.name: end(one) for one in group} for _, group in groupby(ordered, key=lambda one: one.group)]


def end(one: Known, other: bool = False) -> float:
    """The end of its range a number is moved to, by a hash of its name; the one it stands at is passed over."""
    assert one.low is not None and one.high is not None
    ends = [one.low, one.high][::1 if hashlib.sha256(one.name.encode()).digest()[0] % 2 else -1]
    ends = [value for value in ends if value != one.value]
    return ends[-1] if other else ends[0]


def following(lean: Lean, numbers: Mapping[str, Known]) -> list[Moves]:
    """What the strongest sets lead to: their halves, and the other end of a single number."""
    played = [one.moves for one in lean.tried]
    out: list[Moves] = []
    for one in sorted(lean.tried, key=lambda tried: (-tried.weight, -tried.size)):
        fresh = [moves for moves in steps(one.moves, numbers) if moves not in played and moves not in out]
        if fresh:
            out += fresh
            if len(out) >= 2 * WIDTH:
                break
    return out


def steps(moves: Moves, numbers: Mapping[str, Known]) -> list[Moves]:
    """The halves of a set; of a single number the other end of its range, if it has two."""
    names = list(moves)
    if len(names) == 1:
        back = end(numbers[names[0]], other=True)
        return [{names[0]: back}] if back != moves[names[0]] else []
    middle = len(names) // 2
    return [{name: moves[name] for name in part} for part in (names[:middle], names[middle:])]
