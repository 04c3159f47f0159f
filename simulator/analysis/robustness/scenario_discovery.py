"""Scenario discovery (PRIM): the settings under which a lever fails, as a box of a few limits."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...i18n.translation import Message
from ..optional_libraries import import_optional

MIN_BOX_DENSITY = 0.8
"""Density that a box should have: the share of its scenarios that are cases."""
MAX_QUASI_P = 0.05
"""A limit whose quasi-p is above this is dropped."""
PEEL_ALPHA = 0.05
"""Share of the scenarios that one step of peeling removes."""
MIN_SCENARIOS = 20
"""Fewer scenarios are refused."""
STABILITY_HALVES = 10
"""Random halves of the scenarios on which the search is repeated."""


@dataclass(frozen=True)
class BoxLimit:
    """One limit of a box: numbers from low to high, or the named values.

    name: the setting. stability: share of random halves of the scenarios in which this setting is limited too.
    """

    name: str
    low: float = -np.inf
    high: float = np.inf
    values: tuple[str, ...] = ()
    stability: float = float("nan")


@dataclass(frozen=True)
class ScenarioBox:
    """A box in the space of settings.

    coverage: share of all cases that lie in the box. density: share of the box's scenarios that are cases. mass: share
    of all scenarios that lie in the box. limits: the most stable first; empty if no box is better than all scenarios.
    """

    coverage: float
    density: float
    mass: float
    limits: tuple[BoxLimit, ...]


def discover_box(settings: Mapping[str, np.ndarray], cases: np.ndarray, density: float = MIN_BOX_DENSITY, seed: int = 0,
                 peel: float = PEEL_ALPHA) -> ScenarioBox:
    """Find the box of highest coverage and density (harmonic mean) among those dense enough, if any is.

    settings: name to values[scenarios], numbers or names. cases: bool[scenarios], the scenarios to describe. density:
    what counts as dense enough. seed: of the random halves. peel: share removed by one step of peeling.
    Limits that are not significant are dropped one by one, the weakest first: those whose quasi-p is above 5 %, the
    probability of as many cases inside if cases were distributed as they are without the limit. ValueError below 20
    scenarios, or if none or all of them are cases.
    Source: Friedman & Fisher 1999, doi:10.1023/A:1008894516817; Bryant & Lempert 2010,
    doi:10.1016/j.techfore.2009.08.002; by ema-workbench.
    """
    cases = np.asarray(cases, bool)
    if cases.size < MIN_SCENARIOS or not cases.any() or cases.all():
        raise ValueError(Message("{n} cases in {count} scenarios: expected {least} scenarios or more, some of them "
                                 "cases and some not", n=int(cases.sum()), count=cases.size, least=MIN_SCENARIOS))
    frame = import_optional("pandas").DataFrame({name: _column(values) for name, values in settings.items()})
    sides = _find_prim_box(frame, cases, density, peel)
    recurrences, rng = dict.fromkeys(sides, 0), np.random.default_rng(seed)
    for _ in range(STABILITY_HALVES):
        half = np.sort(rng.permutation(cases.size)[:cases.size // 2])
        if cases[half].any() and not cases[half].all():
            found = _find_prim_box(frame.iloc[half].reset_index(drop=True), cases[half], density, peel)
            recurrences.update({name: recurrences[name] + 1 for name in found if name in recurrences})
    limits = [_limit(name, side, recurrences[name] / STABILITY_HALVES) for name, side in sides.items()]
    inside = _inside(settings, limits)
    ranked = tuple(sorted(limits, key=lambda limit: (-limit.stability, limit.name)))
    return ScenarioBox(float(cases[inside].sum() / cases.sum()), float(cases[inside].mean()), float(inside.mean()),
                       ranked)


def _column(values: np.ndarray) -> np.ndarray:
    values = np.asarray(values)
    return values.astype(str).astype(object) if values.dtype.kind in "OUSb" else values.astype(np.float64)


def _find_prim_box(frame: Any, cases: np.ndarray, density: float, peel: float) -> dict[str, Any]:
    """Map each limited setting to what the chosen box allows: (low, high), or a set of values."""
    import_optional("ema_workbench")
    prim = import_optional("ema_workbench.analysis.prim")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        box = prim.Prim(frame, cases.astype(int), threshold=min(0.99, cases.mean()), peel_alpha=peel).find_box()
        if box is None:
            return {}
        track = box.peeling_trajectory
        score = track["coverage"] * track["density"] / (track["coverage"] + track["density"]).clip(1e-9)
        dense = score[track["density"] >= density]
        best = int((dense if len(dense) else score).idxmax())
    return _drop_insignificant_limits(frame, cases, _list_binding_limits(frame, box.box_lims[best]))


def _drop_insignificant_limits(frame: Any, cases: np.ndarray, sides: dict[str, Any]) -> dict[str, Any]:
    """Drop the limit of highest quasi-p, again and again, until all that are left are significant."""
    from scipy.special import bdtrc

    table = {name: frame[name].to_numpy() for name in frame.columns}
    while sides:
        inside = _inside(table, [_limit(name, side, 0.0) for name, side in sides.items()])
        hits, count, quasi_p = int(cases[inside].sum()), int(inside.sum()), {}
        for name in sides:
            without = _inside(table, [_limit(other, side, 0.0) for other, side in sides.items() if other != name])
            quasi_p[name] = float(bdtrc(hits - 1, count, cases[without].mean())) if hits else 1.0
        weakest = max(quasi_p, key=lambda name: quasi_p[name])
        if quasi_p[weakest] <= MAX_QUASI_P:
            break
        sides = {name: side for name, side in sides.items() if name != weakest}
    return sides


def _list_binding_limits(frame: Any, limits: Any) -> dict[str, Any]:
    """The limits of a box that exclude any scenario."""
    out: dict[str, Any] = {}
    for name in frame.columns:
        values, low, high = frame[name], limits[name].iloc[0], limits[name].iloc[1]
        if isinstance(low, (set, frozenset)):
            if len(low) < values.nunique():
                out[name] = low
            continue
        ends = [-np.inf if low <= values.min() else float(low), np.inf if high >= values.max() else float(high)]
        if np.isfinite(ends).any():
            out[name] = (ends[0], ends[1])
    return out


def _limit(name: str, side: Any, stability: float) -> BoxLimit:
    if isinstance(side, (set, frozenset)):
        return BoxLimit(name, values=tuple(sorted(side)), stability=stability)
    return BoxLimit(name, side[0], side[1], stability=stability)


def _inside(settings: Mapping[str, np.ndarray], limits: list[BoxLimit]) -> np.ndarray:
    inside = np.ones(len(next(iter(settings.values()))), bool)
    for limit in limits:
        values = _column(settings[limit.name])
        inside &= np.isin(values, limit.values) if limit.values else (values >= limit.low) & (values <= limit.high)
    return inside
