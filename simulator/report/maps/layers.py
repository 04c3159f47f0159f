"""The values of maps by place: losses, people not reached, and what a lever changes of both, with their uncertainty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.paired_comparison import PairedEffect, compare_paired_values
from ...analysis.run_view import RunView
from ...i18n.number_format import format_interval, format_number
from ...i18n.texts.map_texts import MAP_LABELS
from ...i18n.translation import translate
from ...records.files.run_files import RunTables
from ..brief.case import SEVERAL, Case
from ..sheets.analysis_sheet import AnalysisSheet

THOUSAND = 1000.0
UNCERTAIN_FROM = 0.5
"""An amount is uncertain if half the width of its interval is more than this share of it."""
HEADS = ("place", "name", "residents", "value", "low", "high", "seeds", "uncertain")

PlaceMeasure = Callable[[Mapping[str, np.ndarray], np.ndarray], float]
"""A value of the selected rows (bool[z]) of the neighbourhoods table of one run."""


@dataclass(frozen=True)
class PlaceValue:
    """The estimate of a place. low, high: its interval, NaN with one seed. n: seeds. people: mean number of residents.
    certain: an amount has a narrow interval (UNCERTAIN_FROM), the interval of a change leaves 0 out."""

    value: float
    low: float
    high: float
    n: int
    people: float
    certain: bool


@dataclass(frozen=True)
class MapLayer:
    """One map. change: True for a difference, which is drawn around 0. values: place to its estimate. lever: name of
    the lever that makes the change."""

    name: str
    change: bool
    values: dict[str, PlaceValue]
    lever: str = ""


def loss_per_thousand(rows: Mapping[str, np.ndarray], selected: np.ndarray) -> float:
    """Person-days of normal life lost per 1,000 residents; NaN without residents."""
    residents = float(rows["n"][selected].sum())
    return THOUSAND * float(rows["loss"][selected].sum()) / residents if residents else float("nan")


def unreached_per_thousand(rows: Mapping[str, np.ndarray], selected: np.ndarray) -> float:
    """People whom nobody reached per 1,000 in need; NaN where nobody is in need."""
    in_need = float(rows["in_need"][selected].sum())
    return THOUSAND * float(rows["never_reached"][selected].sum()) / in_need if in_need else float("nan")


def _count_residents(rows: Mapping[str, np.ndarray], selected: np.ndarray) -> float:
    return float(rows["n"][selected].sum())


MEASURES: dict[str, PlaceMeasure] = {"loss": loss_per_thousand, "unreached": unreached_per_thousand}


def build_map_layers(case: Case, place_of: Mapping[int, str]) -> list[MapLayer]:
    """Losses and people not reached without levers (or in the only arm), then what the best arm changes of them.

    place_of: neighbourhood to place.
    """
    baseline = case.baseline or case.arms[0]

    def measure(arm: Arm, of: PlaceMeasure) -> dict[str, np.ndarray]:
        return measure_by_place(case.opened, arm, case.seeds, place_of, of)

    people = {place: float(np.nanmean(values)) for place, values in measure(baseline, _count_residents).items()}
    without = {name: measure(baseline, of) for name, of in MEASURES.items()}
    out = [MapLayer(name, False, {place: _estimate_amount(values, people[place]) for place, values in found.items()})
           for name, found in without.items()]
    for name, of in MEASURES.items() if case.is_comparable else ():
        with_arm = measure(case.best_arm, of)
        changes = {place: _estimate_change(compare_paired_values(values, with_arm[place]), people[place])
                   for place, values in without[name].items()}
        out.append(MapLayer(f"{name}_change", True, changes, case.best_arm.label[case.lang]))
    return out


def measure_by_place(opened: RunTables, arm: Arm, seeds: list[int], place_of: Mapping[int, str],
                     measure: PlaceMeasure) -> dict[str, np.ndarray]:
    """Place to float64[seeds]: a measure of its neighbourhoods in each run; NaN where the run is missing."""
    keys = sorted(set(place_of.values()))

    def measure_run(view: RunView) -> np.ndarray:
        rows = opened.of("neighbourhoods", str(view.run["run"]))
        places = np.array([place_of.get(int(uid), "") for uid in rows["uid"]])
        return np.array([measure(rows, places == key) for key in keys])

    out = np.empty((len(seeds), len(keys)))
    for k, seed in enumerate(seeds):
        out[k] = arm.measure_seed(measure_run, seed)
    return dict(zip(keys, out.T, strict=True))


def _estimate_amount(values: np.ndarray, people: float) -> PlaceValue:
    """Mean and interval over seeds, never below 0."""
    known = values[np.isfinite(values)]
    mean = compare_paired_values(np.zeros(known.size), known)
    half = (mean.high - mean.low) / 2
    certain = bool(np.isfinite(half) and half <= UNCERTAIN_FROM * abs(mean.difference))
    low = max(0.0, mean.low) if np.isfinite(mean.low) else mean.low
    return PlaceValue(mean.difference, low, mean.high, mean.n, people, certain)


def _estimate_change(effect: PairedEffect, people: float) -> PlaceValue:
    certain = effect.excludes_zero and effect.n >= SEVERAL
    return PlaceValue(effect.difference, effect.low, effect.high, effect.n, people, certain)


def build_layer_sheet(layer: MapLayer, titles: Mapping[str, str], lang: str) -> AnalysisSheet:
    """The table behind a map. titles: place to name."""
    rows, lines = [], []
    for place, estimate in sorted(layer.values.items()):
        name, low, high = titles.get(place, place), estimate.low, estimate.high
        rows.append([place, name, estimate.people, estimate.value, low, high, estimate.n, int(not estimate.certain)])
        lines.append(f"{name}: {format_number(estimate.value, lang, 1, layer.change)} "
                     f"{format_interval(low, high, lang, 1, layer.change)}")
    text = "\n".join([translate(MAP_LABELS[layer.name], lang), *lines])
    return AnalysisSheet(f"map_{layer.name}", text, HEADS, rows)
