"""What a map shows: losses, people not reached, and what a lever changes of both, by place, with how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.paired import Paired, compare
from ...analysis.run_view import RunView
from ...i18n.map_texts import legend
from ...i18n.number import interval, number
from ...records.folder import Opened
from ..analysis_sheet import Sheet
from ..brief.case import SEVERAL, Case

THOUSAND = 1000.0
VAGUE = 0.5
"""An amount whose interval reaches further than this share of it to each side is shown as uncertain."""
HEADS = ("place", "name", "residents", "value", "low", "high", "seeds", "uncertain")

Measure = Callable[[Mapping[str, np.ndarray], np.ndarray], float]
"""A value of some rows of the neighbourhoods table of one run."""


@dataclass(frozen=True)
class Value:
    """A place's value; low and high are NaN with one seed. sure: the interval leaves the reading open to no doubt."""

    value: float
    low: float
    high: float
    n: int
    people: float
    sure: bool


@dataclass(frozen=True)
class Layer:
    """One map. change: a difference, drawn around zero. values: place to its value."""

    name: str
    change: bool
    values: dict[str, Value]
    lever: str = ""


def loss_per_thousand(rows: Mapping[str, np.ndarray], at: np.ndarray) -> float:
    """Days of normal life lost per 1,000 residents."""
    heads = float(rows["n"][at].sum())
    return THOUSAND * float(rows["loss"][at].sum()) / heads if heads else float("nan")


def unreached_per_thousand(rows: Mapping[str, np.ndarray], at: np.ndarray) -> float:
    """People whom nobody reached per 1,000 in need."""
    needy = float(rows["in_need"][at].sum())
    return THOUSAND * float(rows["never_reached"][at].sum()) / needy if needy else float("nan")


MEASURES: dict[str, Measure] = {"loss": loss_per_thousand, "unreached": unreached_per_thousand}


def layers(case: Case, home: Mapping[int, str]) -> list[Layer]:
    """Losses and people not reached without levers (or in the only arm), then what the first lever changes of them."""
    plain, out = case.baseline or case.arms[0], []
    before = {name: by_place(case.opened, plain, case.seeds, home, of) for name, of in MEASURES.items()}
    heads = by_place(case.opened, plain, case.seeds, home, lambda rows, at: float(rows["n"][at].sum()))
    people = {place: float(np.nanmean(values)) for place, values in heads.items()}
    for name, found in before.items():
        out.append(Layer(name, False, {place: _amount(values, people[place]) for place, values in found.items()}))
    if case.compared:
        for name, of in MEASURES.items():
            after = by_place(case.opened, case.first, case.seeds, home, of)
            out.append(Layer(f"{name}_change", True, {
                place: _change(compare(values, after[place]), people[place]) for place, values in before[name].items()},
                case.first.label[case.lang]))
    return out


def by_place(opened: Opened, arm: Arm, seeds: list[int], home: Mapping[int, str], of: Measure
             ) -> dict[str, np.ndarray]:
    """Place to float64[seeds]: a measure of its neighbourhoods in each run; NaN where the run is missing."""
    keys = sorted(set(home.values()))

    def measured(view: RunView) -> np.ndarray:
        rows = opened.of("neighbourhoods", str(view.run["run"]))
        where = np.array([home.get(int(uid), "") for uid in rows["uid"]])
        return np.array([of(rows, where == key) for key in keys])

    out = np.empty((len(seeds), len(keys)))
    for k, seed in enumerate(seeds):
        out[k] = arm.told(measured, seed)
    return dict(zip(keys, out.T, strict=True))


def _amount(values: np.ndarray, people: float) -> Value:
    known = values[np.isfinite(values)]
    one = compare(np.zeros(known.size), known)
    half = (one.high - one.low) / 2
    sure = bool(np.isfinite(half) and half <= VAGUE * abs(one.difference))
    return Value(one.difference, max(0.0, one.low) if np.isfinite(one.low) else one.low, one.high, one.n, people, sure)


def _change(one: Paired, people: float) -> Value:
    return Value(one.difference, one.low, one.high, one.n, people, one.settled and one.n >= SEVERAL)


def sheet(layer: Layer, titles: Mapping[str, str], lang: str) -> Sheet:
    """The table behind a map."""
    order = sorted(layer.values)
    rows = [[place, titles.get(place, place), one.people, one.value, one.low, one.high, one.n, int(not one.sure)]
            for place, one in ((place, layer.values[place]) for place in order)]
    lines = [f"{titles.get(place, place)}: {number(one.value, lang, 1, layer.change)} "
             f"{interval(one.low, one.high, lang, 1, layer.change)}" for place, one in (
                 (place, layer.values[place]) for place in order)]
    return Sheet(f"map_{layer.name}", f"{legend(layer.name, lang)}\n" + "\n".join(lines), HEADS, rows)
