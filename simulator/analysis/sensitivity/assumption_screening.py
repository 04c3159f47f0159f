"""Assumption screening: which assumed parameters a conclusion depends on most, by sequential bifurcation.

In the first round every parameter is moved, one set of parameters after the other, each parameter to one end of its
range. A hash of its name picks the end, so that the ends within a set are mixed. The sets that change the effect most
are halved until single parameters are left; these are tried at their other end too. A parameter that is never isolated
has been measured in its set only, where moves can cancel. Source: Bettonvil & Kleijnen 1997, Searching for important
factors in simulation models with many factors, doi:10.1016/S0377-2217(96)00156-7, here without assumed signs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import sqrt

import numpy as np

from ...records.parameter_sources import SourcedNumber
from ..effects.paired_comparison import NAN, compute_t_half_width

SETS_PER_ROUND = 3
"""Sets followed up in one round: enough work for a few processes."""
CARD_GROUP_PREFIXES = ("lever", "crisis")

"""First words of the groups that are cards; they are screened first."""

ParameterMoves = dict[str, float]
"""Name of a parameter to the value it is moved to."""


@dataclass(frozen=True)
class PointEffects:
    """The effects at one point. by_arm: arm to its change of the outcome, float64[seeds]; less is better."""

    by_arm: Mapping[str, np.ndarray]

    def is_leading(self, arm: str) -> bool:
        """True if that arm has the lowest mean."""
        means = {name: float(np.mean(values)) for name, values in self.by_arm.items()}
        return means[arm] <= min(means.values())


PointEvaluator = Callable[[Sequence[ParameterMoves]], Sequence[PointEffects | None]]
"""Simulates points and gives the effects at each; None for a point that could not be simulated."""


@dataclass(frozen=True)
class ScreenedSet:
    """A set of parameters moved together.

    change: of the leading arm's effect, float64[seeds]; empty if it could not be simulated. keeps_lead: the arm that
    leads at the default values still leads.
    """

    moves: ParameterMoves
    change: np.ndarray
    keeps_lead: bool

    @property
    def mean(self) -> float:
        """Mean change of the effect; NaN if it could not be simulated."""
        return float(self.change.mean()) if self.change.size else NAN

    @property
    def half_width(self) -> float:
        """Half the width of the 95 % interval of the change; NaN for one seed."""
        return compute_t_half_width(float(self.change.std(ddof=1)), self.change.size) if self.change.size > 1 else NAN

    @property
    def size(self) -> float:
        """Absolute mean change of the effect; 0 if it could not be simulated."""
        return abs(self.mean) if self.change.size else 0.0

    @property
    def excess_over_error(self) -> float:
        """Absolute change beyond one standard error: ranks the sets to follow up, so that noise is not halved again."""
        if self.change.size < 2:
            return self.size
        return max(0.0, self.size - float(self.change.std(ddof=1)) / sqrt(self.change.size))

    @property
    def is_clear(self) -> bool:
        """True if the 95 % interval of the change excludes 0."""
        return self.size > self.half_width


@dataclass
class AssumptionScreening:
    """The result of a screening.

    leading_arm: the best arm at the default values. effect: its effect there, float64[seeds]. points: points allowed.
    screened_sets: every set and single parameter that was moved.
    """

    leading_arm: str
    effect: np.ndarray
    points: int
    screened_sets: list[ScreenedSet] = field(default_factory=list)

    def list_single_parameters(self) -> dict[str, list[ScreenedSet]]:
        """Parameters that were moved alone, the strongest first, each with the ends it was tried at."""
        singles: dict[str, list[ScreenedSet]] = {}
        for screened in self.screened_sets:
            if len(screened.moves) == 1:
                singles.setdefault(next(iter(screened.moves)), []).append(screened)
        return dict(sorted(singles.items(), key=lambda item: (-max(end.size for end in item[1]), item[0])))

    def list_unsplit_sets(self) -> list[ScreenedSet]:
        """Sets that were never halved: they hold the parameters that were not moved alone."""
        alone = set(self.list_single_parameters())
        names = [set(screened.moves) for screened in self.screened_sets]
        return [screened for screened in self.screened_sets
                if len(screened.moves) > 1 and not set(screened.moves) & alone
                and not any(other < set(screened.moves) for other in names)]


def screen_assumptions(parameters: Sequence[SourcedNumber], leading_arm: str, effects: PointEffects, max_points: int,
                       evaluate: PointEvaluator) -> AssumptionScreening:
    """Screen the assumed ones among the parameters, with at most max_points points.

    effects: at the default values. evaluate: simulates a round of points.
    """
    parameters_by_name = {parameter.name: parameter for parameter in parameters if parameter.is_testable_assumption}
    screening = AssumptionScreening(leading_arm, effects.by_arm[leading_arm], max_points)
    pending = list_initial_sets(parameters_by_name.values())
    while pending and len(screening.screened_sets) < max_points:
        left = max_points - len(screening.screened_sets)
        batch, later = pending[:left], pending[left:]
        for moves, moved in zip(batch, evaluate(batch), strict=True):
            change = moved.by_arm[leading_arm] - screening.effect if moved is not None else np.zeros(0)
            screening.screened_sets.append(ScreenedSet(moves, change, moved is None or moved.is_leading(leading_arm)))
        pending = later or list_follow_up_sets(screening, parameters_by_name)
    return screening


def list_initial_sets(parameters: Iterable[SourcedNumber]) -> list[ParameterMoves]:
    """One set for each group of parameters and each card, cards first."""
    ordered = sorted(parameters, key=lambda parameter: (parameter.group.split(".")[0] not in CARD_GROUP_PREFIXES,
                                                        parameter.group, parameter.name))
    return [{parameter.name: pick_range_end(parameter) for parameter in group}
            for _, group in groupby(ordered, key=lambda parameter: parameter.group)]


def pick_range_end(parameter: SourcedNumber, other: bool = False) -> float:
    """The end of its range that a parameter is moved to, picked by a hash of its name; or the other end.

    An end that equals the present value is skipped.
    """
    assert parameter.low is not None and parameter.high is not None
    ends = [parameter.low, parameter.high][::1 if hashlib.sha256(parameter.name.encode()).digest()[0] % 2 else -1]
    ends = [value for value in ends if value != parameter.value]
    return ends[-1] if other else ends[0]


def list_follow_up_sets(screening: AssumptionScreening,
                        parameters_by_name: Mapping[str, SourcedNumber]) -> list[ParameterMoves]:
    """The next round: the halves of the strongest sets, and the other ends of the strongest single parameters."""
    done = [screened.moves for screened in screening.screened_sets]
    out: list[ParameterMoves] = []
    for screened in sorted(screening.screened_sets, key=lambda tried: (-tried.excess_over_error, -tried.size)):
        out += [moves for moves in split_set(screened.moves, parameters_by_name)
                if moves not in done and moves not in out]
        if len(out) >= 2 * SETS_PER_ROUND:
            break
    return out


def split_set(moves: ParameterMoves, parameters_by_name: Mapping[str, SourcedNumber]) -> list[ParameterMoves]:
    """The halves of a set; for a single parameter the other end of its range, if there is one."""
    names = list(moves)
    if len(names) == 1:
        other_end = pick_range_end(parameters_by_name[names[0]], other=True)
        return [{names[0]: other_end}] if other_end != moves[names[0]] else []
    middle = len(names) // 2
    return [{name: moves[name] for name in half} for half in (names[:middle], names[middle:])]
