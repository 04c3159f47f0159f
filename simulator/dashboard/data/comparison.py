"""A comparison read from its folder: arms under their letters, and the plain rows that charts and tables show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ...analysis.effects.arms import NAMED, NONE, Arm, label, played
from ...analysis.effects.outcomes import per_head
from ...analysis.effects.paired import Paired, t_interval
from ...analysis.run_view import RunView
from ...records.folder import Opened
from ...records.results import open as open_results
from ...report.figures.findings import ranked
from ...report.figures.recovery import curves, horizon
from ...report.maps.ground import ground
from ...report.maps.places import Places
from ..jobs.workspace import PAGE, read_json
from ..steps.choices import LETTERS

Table = Mapping[str, np.ndarray]
NOBODY = ""
"""The letter of the arm without levers."""
TABLE = ("income", "age", "household", "isolation_before")
"""Groups shown, in this order."""
SUMMED = ("n", "loss", "in_need", "never_reached")
"""Columns of neighbourhoods that are told of a place."""


@dataclass(frozen=True)
class Shown:
    """One arm as the page shows it. name: language to text, the letter first."""

    letter: str
    name: dict[str, str]
    arm: Arm
    effect: Paired | None = None


@dataclass(frozen=True)
class Reading:
    """arms: without levers first, then by letter. best: those with levers, best first."""

    opened: Opened
    arms: tuple[Shown, ...]
    best: tuple[Shown, ...]
    seeds: tuple[int, ...]
    content: Mapping[str, Any]

    @property
    def baseline(self) -> Shown:
        """The arm without levers."""
        return self.arms[0]

    @property
    def draws(self) -> int:
        """Seeds played; `seeds` are what counts as one observation each: of an ensemble, one a parameter set."""
        return played([one.arm for one in self.arms])

    @cached_property
    def window(self) -> float:
        """Days since the onset that are worth drawing: until every arm is back or stands still."""
        return horizon(*(one.arm for one in self.arms))

    def of(self, letter: str) -> Shown:
        """The arm of a letter."""
        return next(one for one in self.arms if one.letter == letter)


def read(folder: Path) -> Reading:
    """What a folder holds so far. ValueError or FileNotFoundError if it is no comparison that can be read."""
    page = read_json(folder / PAGE) or {}
    arms_of = {run: letter for letter, runs in page.get("runs", {}).items() for run in runs}
    results = open_results(folder)
    kept = [str(row[0]) for row in results.sql("SELECT run FROM kept").fetchall()]
    opened = results.opened([run for run in kept if run in arms_of] if arms_of else kept)
    baseline, found, seeds = ranked(opened)
    if not found:
        raise ValueError("no run with levers yet")
    names = {LETTERS[k]: str(one.get("name", "")) for k, one in enumerate(page.get("choices", {}).get("portfolios", []))
             if k < len(LETTERS)}
    for arm in (one for one, _ in found if len(one.levers) > NAMED):
        arm.label = label(arm.content(opened))  # the page has letters of its own
    shown = [_shown(arm, one, arms_of, names, place) for place, (arm, one) in enumerate(found)]
    first = Shown(NOBODY, dict(NONE), baseline)
    return Reading(opened, (first, *sorted(shown, key=lambda one: one.letter)), tuple(shown), tuple(seeds),
                   baseline.content(opened))


def _shown(arm: Arm, one: Paired, arms_of: Mapping[str, str], names: Mapping[str, str], place: int) -> Shown:
    """The arm under the letter it was asked for by, or by its place; its own name goes into the texts too."""
    run = str(next(iter(arm.runs.values())).run["run"])
    letter = arms_of.get(run) or (LETTERS[place] if place < len(LETTERS) else f"{place + 1}")
    if names.get(letter):
        arm.label = dict.fromkeys(NONE, names[letter])
    return Shown(letter, {lang: f"{letter} · {text}" for lang, text in arm.label.items()}, arm, one)


def curve_rows(reading: Reading, column: str, lang: str) -> list[dict[str, Any]]:
    """Mean, lowest and highest functioning over seeds, per cent of normal, by day since the crisis began."""
    rows = []
    for one in reading.arms:
        days, values = curves(one.arm, column)
        for k in np.flatnonzero(days <= reading.window):
            value = 100 * values[:, k]
            rows.append({"day": float(days[k]), "arm": one.name[lang], "letter": one.letter,
                         "value": float(value.mean()), "low": float(value.min()), "high": float(value.max())})
    return rows


def group_rows(reading: Reading) -> list[dict[str, Any]]:
    """Loss per resident of every group and arm, mean over seeds, with the residents the group has."""
    view = next(iter(reading.baseline.arm.runs.values()))
    rows = []
    for dimension, group in sorted(view.groups, key=lambda key: TABLE.index(key[0]) if key[0] in TABLE else len(TABLE)):
        if dimension not in TABLE:
            continue
        for one in reading.arms:
            runs = one.arm.runs.values()
            loss = [per_head(run, dimension, group) for run in runs]
            heads = [run.group(dimension, group, "n") for run in runs]
            if np.isfinite(loss).any():
                rows.append({"dimension": dimension, "group": group, "letter": one.letter,
                             "loss": float(np.nanmean(loss)), "n": float(np.nanmean(heads))})
    return rows


def place_rows(reading: Reading, letter: str) -> list[dict[str, Any]]:
    """Places as reports show them, groups of neighbourhoods or communes: never one neighbourhood, nor few residents.

    Where, how many live there, loss per resident without levers and what an arm changes. low, high: 95 % interval of
    the change over seeds; sure: it leaves no doubt about the sign.
    """
    without, with_ = reading.baseline.arm, reading.of(letter).arm
    seeds = [seed for seed in reading.seeds if seed in without.runs and seed in with_.runs]
    if not seeds:
        return []
    first = _rows(reading, next(iter(without.runs.values())))
    shown = ground(Places.of(first, reading.content.get("scenario", {}).get("territory", {})))
    places, home = sorted(set(shown.home.values())), [shown.home.get(int(uid), "") for uid in first["uid"]]
    inside = [np.array(home) == place for place in places]
    before, after = (_sums(reading, arm, seeds, inside) for arm in (without, with_))
    return [_place_row(place, shown.titles[place], {name: column[at] for name, column in first.items()}, before[k],
                       after[k]) for k, (place, at) in enumerate(zip(places, inside))]


def _sums(reading: Reading, arm: Arm, seeds: list[int], inside: list[np.ndarray]) -> list[Table]:
    """For each place, columns summed over its neighbourhoods, float64[seeds]. inside: bool[neighbourhoods] each."""
    def summed(view: RunView) -> np.ndarray:
        rows = _rows(reading, view)
        return np.array([[np.asarray(rows[name], np.float64)[at].sum() for name in SUMMED] for at in inside])

    found = np.array([arm.told(summed, seed) for seed in seeds])
    return [dict(zip(SUMMED, found[:, k].T, strict=True)) for k in range(len(inside))]


def _place_row(place: str, title: str, first: Table, without: Table, with_: Table) -> dict[str, Any]:
    base = without["loss"] / np.maximum(without["n"], 1)
    change = with_["loss"] / np.maximum(with_["n"], 1) - base
    spread = float(change.std(ddof=1)) if len(change) > 1 else float("nan")
    low, high = t_interval(float(change.mean()), spread, len(change))
    heads = np.maximum(first["n"], 1)
    return {"uid": place, "where": title, "n": float(without["n"].mean()),
            "x": float(np.average(first["x"], weights=heads)), "y": float(np.average(first["y"], weights=heads)),
            "priority": bool(np.all(first["priority"])), "loss": float(base.mean()),
            "low_loss": float(base.min()), "high_loss": float(base.max()), "change": float(change.mean()), "low": low,
            "high": high, "sure": bool(low > 0 or high < 0), "in_need": float(without["in_need"].mean()),
            "never": float(without["never_reached"].mean()), "never_with": float(with_["never_reached"].mean())}


def _rows(reading: Reading, view: RunView) -> Table:
    return reading.opened.of("neighbourhoods", str(view.run["run"]))
