"""Scenario discovery: under which settings a lever disappoints, as a box that can be said in one sentence."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..extra import need

DENSITY = 0.8
"""Four cases in five inside a box shall be of the kind looked for, if any box is as dense."""
SIGNIFICANT = 0.05
PEEL = 0.05
FEW = 20
"""Scenarios below which no box is looked for."""
HALVES = 10
"""Random halves of the scenarios on which the search is repeated."""


@dataclass(frozen=True)
class Limit:
    """One side of a box: numbers from low to high, or the named values. stable: share of random halves of the
    scenarios in which this setting is limited too."""

    name: str
    low: float = -np.inf
    high: float = np.inf
    values: tuple[str, ...] = ()
    stable: float = float("nan")


@dataclass(frozen=True)
class Box:
    """coverage: share of all cases looked for that lie in the box; density: share of the box's scenarios that are
    such cases; mass: share of all scenarios in the box. limits: most stable first; empty if no box is better than all.
    """

    coverage: float
    density: float
    mass: float
    limits: tuple[Limit, ...]


def discover(settings: Mapping[str, np.ndarray], cases: np.ndarray, density: float = DENSITY, seed: int = 0,
             peel: float = PEEL) -> Box:
    """The best box for coverage and density (their harmonic mean) among those dense enough, if any is.

    settings: name to values[scenarios], numbers or names; cases: bool[scenarios], those looked for.
    Limits that luck could have drawn are dropped one after the other, the weakest first: those with a chance above
    5 % of as many cases inside, were cases spread as they are without the limit (quasi-p). ValueError below 20
    scenarios or without a case.
    Source: Friedman & Fisher 1999, doi:10.1023/A:1008894516817; Bryant & Lempert 2010,
    doi:10.1016/j.techfore.2009.08.002; by ema-workbench.
    """
    cases = np.asarray(cases, bool)
    if cases.size < FEW or not cases.any() or cases.all():
        raise ValueError(f"{int(cases.sum())} cases in {cases.size} scenarios: expected {FEW} scenarios or more, some "
                         "of them cases and some not")
    frame = need("pandas").DataFrame({name: _column(values) for name, values in settings.items()})
    sides = _search(frame, cases, density, peel)
    again, rng = dict.fromkeys(sides, 0), np.random.default_rng(seed)
    for _ in range(HALVES):
        half = np.sort(rng.permutation(cases.size)[:cases.size // 2])
        if cases[half].any() and not cases[half].all():
            found = _search(frame.iloc[half].reset_index(drop=True), cases[half], density, peel)
            again.update({name: again[name] + 1 for name in found if name in again})
    limits = [_limit(name, side, again[name] / HALVES) for name, side in sides.items()]
    inside = _inside(settings, limits)
    return Box(float(cases[inside].sum() / cases.sum()), float(cases[inside].mean()), float(inside.mean()),
               tuple(sorted(limits, key=lambda one: (-one.stable, one.name))))


def _column(values: np.ndarray) -> np.ndarray:
    values = np.asarray(values)
    return values.astype(str).astype(object) if values.dtype.kind in "OUSb" else values.astype(np.float64)


def _search(frame: Any, cases: np.ndarray, density: float, peel: float) -> dict[str, Any]:
    """Setting to what the chosen box allows: (low, high), or a set of values."""
    need("ema_workbench")
    prim = need("ema_workbench.analysis.prim")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        box = prim.Prim(frame, cases.astype(int), threshold=min(0.99, cases.mean()), peel_alpha=peel).find_box()
        if box is None:
            return {}
        track = box.peeling_trajectory
        both = track["coverage"] * track["density"] / (track["coverage"] + track["density"]).clip(1e-9)
        dense = both[track["density"] >= density]
        place = int((dense if len(dense) else both).idxmax())
    return _beyond_luck(frame, cases, _sides(frame, box.box_lims[place]))


def _beyond_luck(frame: Any, cases: np.ndarray, sides: dict[str, Any]) -> dict[str, Any]:
    """Sides left when those that luck could have drawn are gone."""
    from scipy.special import bdtrc

    table = {name: frame[name].to_numpy() for name in frame.columns}
    while sides:
        inside = _inside(table, [_limit(name, side, 0.0) for name, side in sides.items()])
        hits, count, luck = int(cases[inside].sum()), int(inside.sum()), {}
        for name in sides:
            around = _inside(table, [_limit(one, side, 0.0) for one, side in sides.items() if one != name])
            luck[name] = float(bdtrc(hits - 1, count, cases[around].mean())) if hits else 1.0
        weakest = max(luck, key=lambda one: luck[one])
        if luck[weakest] <= SIGNIFICANT:
            break
        sides = {name: side for name, side in sides.items() if name != weakest}
    return sides


def _sides(frame: Any, limits: Any) -> dict[str, Any]:
    """The sides of a box that limit anything."""
    out: dict[str, Any] = {}
    for name in frame.columns:
        seen, low, high = frame[name], limits[name].iloc[0], limits[name].iloc[1]
        if isinstance(low, (set, frozenset)):
            if len(low) < seen.nunique():
                out[name] = low
            continue
        ends = [-np.inf if low <= seen.min() else float(low), np.inf if high >= seen.max() else float(high)]
        if np.isfinite(ends).any():
            out[name] = (ends[0], ends[1])
    return out


def _limit(name: str, side: Any, stable: float) -> Limit:
    if isinstance(side, (set, frozenset)):
        return Limit(name, values=tuple(sorted(side)), stable=stable)
    return Limit(name, side[0], side[1], stable=stable)


def _inside(settings: Mapping[str, np.ndarray], limits: list[Limit]) -> np.ndarray:
    inside = np.ones(len(next(iter(settings.values()))), bool)
    for one in limits:
        values = _column(settings[one.name])
        inside &= np.isin(values, one.values) if one.values else (values >= one.low) & (values <= one.high)
    return inside
