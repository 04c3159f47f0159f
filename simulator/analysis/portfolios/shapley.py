"""Shapley values and interactions: what each lever contributes to a portfolio when levers interact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, factorial

import numpy as np

from ...i18n.translation import Message
from ..effects.confidence_sequence import PLANNED_PAIRS, compute_anytime_interval
from ..effects.paired_comparison import CONFIDENCE_LEVEL

CoalitionOutcomes = Mapping[frozenset[str], np.ndarray]
"""Set of levers to its outcome by seed, float64[seeds]; the empty set is the baseline."""


@dataclass(frozen=True)
class ShapleyShare:
    """One lever's Shapley value, or one pair's interaction: mean over seeds, interval valid under optional stopping."""

    value: float
    low: float
    high: float


def list_coalition_levers(values: Iterable[frozenset[str]]) -> list[str]:
    """Every lever of any set, sorted."""
    return sorted(frozenset().union(*values))


def list_missing_coalitions(values: CoalitionOutcomes) -> list[frozenset[str]]:
    """Sets of levers that exact Shapley values need and that were not run; the smallest first."""
    levers = list_coalition_levers(values)
    return [s for size in range(len(levers) + 1) for s in map(frozenset, combinations(levers, size)) if s not in values]


def compute_shapley_values(values: CoalitionOutcomes, level: float = CONFIDENCE_LEVEL,
                           planned: int = PLANNED_PAIRS) -> dict[str, ShapleyShare]:
    """Map each lever to its Shapley value: its mean contribution over all orders in which levers may be added.

    The values add up to the effect of all levers together. ValueError if a set of levers was not run.
    Source: Shapley 1953, doi:10.1515/9781400881970-018.
    """
    _check_all_coalitions(values)
    levers, n = list_coalition_levers(values), len(list_coalition_levers(values))
    out = {}
    for lever in levers:
        others = [other for other in levers if other != lever]
        total = sum((values[s | {lever}] - values[s]) / (n * comb(n - 1, len(s))) for s in _subsets(others))
        out[lever] = _share(total, level, planned)
    return out


def compute_shapley_interactions(values: CoalitionOutcomes, level: float = CONFIDENCE_LEVEL,
                                 planned: int = PLANNED_PAIRS) -> dict[tuple[str, str], ShapleyShare]:
    """Map each pair of levers to its Shapley interaction: what they do together beyond what each does alone.

    It is averaged over the sets of other levers, and 0 if effects add up. ValueError if a set of levers was not run.
    Source: Grabisch & Roubens 1999, doi:10.1007/s001820050125.
    """
    _check_all_coalitions(values)
    levers, n = list_coalition_levers(values), len(list_coalition_levers(values))
    out = {}
    for a, b in combinations(levers, 2):
        others = [lever for lever in levers if lever not in (a, b)]
        total = sum(factorial(n - len(s) - 2) * factorial(len(s)) / factorial(n - 1)
                    * _interaction_contrast(values, s, a, b) for s in _subsets(others))
        out[a, b] = _share(total, level, planned)
    return out


def compute_pair_interactions(values: CoalitionOutcomes, level: float = CONFIDENCE_LEVEL,
                              planned: int = PLANNED_PAIRS) -> dict[tuple[str, str], ShapleyShare]:
    """Map each pair of levers to its interaction without any other lever. Pairs that were not run are left out.

    It needs the baseline, single levers and pairs only.
    """
    empty: frozenset[str] = frozenset()
    return {(a, b): _share(_interaction_contrast(values, empty, a, b), level, planned)
            for a, b in combinations(list_coalition_levers(values), 2)
            if all(s in values for s in (empty, frozenset({a}), frozenset({b}), frozenset({a, b})))}


def sample_shapley_values(levers: Sequence[str], value: Callable[[frozenset[str]], float], orders: int,
                          seed: int = 0) -> dict[str, tuple[float, float]]:
    """Map each lever to (Shapley value, its standard error), estimated from random orders of the levers.

    For levers too many to run every set. value: outcome of a set of levers, called once for each set that occurs.
    orders: number of orders; they come in pairs, each with its reverse. Source: Castro, Gómez & Tejada 2009,
    doi:10.1016/j.cor.2008.04.004.
    """
    rng, known = np.random.default_rng(seed), dict[frozenset[str], float]()
    samples: dict[str, list[float]] = {lever: [] for lever in levers}
    for _ in range(max(1, orders // 2)):
        order = [levers[k] for k in rng.permutation(len(levers))]
        forward, backward = _contributions(order, value, known), _contributions(order[::-1], value, known)
        for lever in levers:
            samples[lever].append((forward[lever] + backward[lever]) / 2.0)
    return {lever: (float(np.mean(v)), float(np.std(v, ddof=1) / np.sqrt(len(v))) if len(v) > 1 else float("nan"))
            for lever, v in samples.items()}


def estimate_shapley_values(levers: Sequence[str], value: Callable[[frozenset[str]], float], orders: int, seed: int = 0,
                            level: float = CONFIDENCE_LEVEL) -> dict[str, ShapleyShare]:
    """Map each lever to its sampled Shapley value.

    The interval (Student's t over pairs of orders) covers the error of sampling orders alone.
    """
    from scipy.stats import t

    half = float(t.ppf(0.5 + level / 2.0, max(1, orders // 2 - 1)))
    return {lever: ShapleyShare(mean, mean - half * error, mean + half * error)
            for lever, (mean, error) in sample_shapley_values(levers, value, orders, seed).items()}


def _contributions(order: Sequence[str], value: Callable[[frozenset[str]], float],
                   known: dict[frozenset[str], float]) -> dict[str, float]:
    """What each lever adds to those before it in the order; `known` caches the value of each set."""
    out, before = {}, frozenset[str]()
    for lever in order:
        after = before | {lever}
        for levers in (before, after):
            if levers not in known:
                known[levers] = float(value(levers))
        out[lever], before = known[after] - known[before], after
    return out


def _check_all_coalitions(values: CoalitionOutcomes) -> None:
    missing = list_missing_coalitions(values)
    if missing:
        first = "+".join(sorted(missing[0])) or Message("no lever")
        raise ValueError(Message("{n} sets of levers were not played, first: {first}; expected every set (a full "
                                 "factorial of {levers})", n=len(missing), first=first,
                                 levers=list_coalition_levers(values)))


def _subsets(levers: Sequence[str]) -> Iterable[frozenset[str]]:
    return (frozenset(s) for size in range(len(levers) + 1) for s in combinations(levers, size))


def _interaction_contrast(values: CoalitionOutcomes, others: frozenset[str], a: str, b: str) -> np.ndarray:
    return np.asarray(values[others | {a, b}] - values[others | {a}] - values[others | {b}] + values[others])


def _share(per_seed: np.ndarray | float, level: float, planned: int) -> ShapleyShare:
    known = np.atleast_1d(np.asarray(per_seed, np.float64))
    known = known[np.isfinite(known)]
    mean = float(known.mean()) if known.size else float("nan")
    return ShapleyShare(mean, *compute_anytime_interval(known, level, planned))
