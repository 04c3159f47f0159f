"""What each lever of a portfolio brings, when levers help or hinder one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, factorial

import numpy as np

from ..effects.paired import LEVEL
from ..effects.sequence import PLANNED, interval

Sets = Mapping[frozenset[str], np.ndarray]
"""Levers together to the outcome of playing them, float64[seeds]; the empty set is the baseline."""


@dataclass(frozen=True)
class Share:
    """One lever's share, or one pair's interaction: mean over seeds, interval valid under optional stopping."""

    value: float
    low: float
    high: float


def levers_of(values: Iterable[frozenset[str]]) -> list[str]:
    """Every lever that occurs, sorted."""
    return sorted(frozenset().union(*values))


def missing_sets(values: Sets) -> list[frozenset[str]]:
    """Sets of levers not played, that exact attribution asks for: the smallest first."""
    levers = levers_of(values)
    return [s for size in range(len(levers) + 1) for s in map(frozenset, combinations(levers, size)) if s not in values]


def attribute(values: Sets, level: float = LEVEL, planned: int = PLANNED) -> dict[str, Share]:
    """Lever to its Shapley value: its mean contribution over every order in which levers may be added.

    Shares add up to the effect of all levers together. ValueError if a set of levers was not played.
    Source: Shapley 1953, doi:10.1515/9781400881970-018.
    """
    _whole(values)
    levers, n = levers_of(values), len(levers_of(values))
    out = {}
    for lever in levers:
        others = [one for one in levers if one != lever]
        total = sum((values[s | {lever}] - values[s]) / (n * comb(n - 1, len(s))) for s in _subsets(others))
        out[lever] = _share(total, level, planned)
    return out


def interactions(values: Sets, level: float = LEVEL, planned: int = PLANNED) -> dict[tuple[str, str], Share]:
    """Pair of levers to what they bring together beyond what each brings, averaged over the levers around them.

    0 if they add up. Source: Grabisch & Roubens 1999, doi:10.1007/s001820050125. ValueError as in `attribute`.
    """
    _whole(values)
    levers, n = levers_of(values), len(levers_of(values))
    out = {}
    for a, b in combinations(levers, 2):
        others = [one for one in levers if one not in (a, b)]
        total = sum(factorial(n - len(s) - 2) * factorial(len(s)) / factorial(n - 1) * _beyond(values, s, a, b)
                    for s in _subsets(others))
        out[a, b] = _share(total, level, planned)
    return out


def pairs(values: Sets, level: float = LEVEL, planned: int = PLANNED) -> dict[tuple[str, str], Share]:
    """The same with no other lever around: needs the baseline, single levers and pairs only. Pairs not played: out."""
    empty: frozenset[str] = frozenset()
    return {(a, b): _share(_beyond(values, empty, a, b), level, planned) for a, b in combinations(levers_of(values), 2)
            if all(s in values for s in (empty, frozenset({a}), frozenset({b}), frozenset({a, b})))}


def sampled(levers: Sequence[str], value: Callable[[frozenset[str]], float], orders: int, seed: int = 0
            ) -> dict[str, tuple[float, float]]:
    """Lever to (Shapley value, its standard error) from so many random orders: for levers too many to play every set.

    value(levers) is asked once for each set that occurs. Orders come in pairs, each with its reverse. Source: Castro,
    Gómez & Tejada 2009, doi:10.1016/j.cor.2008.04.004.
    """
    rng, known = np.random.default_rng(seed), dict[frozenset[str], float]()
    found: dict[str, list[float]] = {lever: [] for lever in levers}
    for _ in range(max(1, orders // 2)):
        order = [levers[k] for k in rng.permutation(len(levers))]
        there, back = _contributions(order, value, known), _contributions(order[::-1], value, known)
        for lever in levers:
            found[lever].append((there[lever] + back[lever]) / 2.0)
    return {lever: (float(np.mean(v)), float(np.std(v, ddof=1) / np.sqrt(len(v))) if len(v) > 1 else float("nan"))
            for lever, v in found.items()}


def from_orders(levers: Sequence[str], value: Callable[[frozenset[str]], float], orders: int, seed: int = 0,
                level: float = LEVEL) -> dict[str, Share]:
    """Lever to its sampled Shapley value; the interval (Student's t over pairs of orders) is of the sampling alone."""
    from scipy.stats import t

    half = float(t.ppf(0.5 + level / 2.0, max(1, orders // 2 - 1)))
    return {lever: Share(mean, mean - half * error, mean + half * error)
            for lever, (mean, error) in sampled(levers, value, orders, seed).items()}


def _contributions(order: Sequence[str], value: Callable[[frozenset[str]], float],
                   known: dict[frozenset[str], float]) -> dict[str, float]:
    out, so_far = {}, frozenset[str]()
    for lever in order:
        grown = so_far | {lever}
        for one in (so_far, grown):
            if one not in known:
                known[one] = float(value(one))
        out[lever], so_far = known[grown] - known[so_far], grown
    return out


def _whole(values: Sets) -> None:
    lacking = missing_sets(values)
    if lacking:
        named = "+".join(sorted(lacking[0])) or "no lever"
        raise ValueError(f"{len(lacking)} sets of levers were not played, first: {named}; expected every set "
                         f"(a full factorial of {', '.join(levers_of(values))})")


def _subsets(levers: Sequence[str]) -> Iterable[frozenset[str]]:
    return (frozenset(s) for size in range(len(levers) + 1) for s in combinations(levers, size))


def _beyond(values: Sets, around: frozenset[str], a: str, b: str) -> np.ndarray:
    return np.asarray(values[around | {a, b}] - values[around | {a}] - values[around | {b}] + values[around])


def _share(per_seed: np.ndarray | float, level: float, planned: int) -> Share:
    known = np.atleast_1d(np.asarray(per_seed, np.float64))
    known = known[np.isfinite(known)]
    return Share(float(known.mean()) if known.size else float("nan"), *interval(known, level, planned))
