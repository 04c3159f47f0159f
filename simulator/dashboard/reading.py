"""A comparison read from its folder: arms under their letters, and the plain rows that charts and tables show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..analysis.arms import NONE, Arm
from ..analysis.outcomes import per_head
from ..analysis.paired import Paired, t_interval
from ..records.folder import Opened
from ..records.results import open as open_results
from ..report.findings import ranked
from ..report.ground import ground
from ..report.places import Places
from ..report.recovery import curves, horizon
from .choices import LETTERS
from .workspace import PAGE, read_json

Table = Mapping[str, np.ndarray]
NOBODY = ""
"""The letter of the arm without levers."""
TABLE = ("income", "age", "household", "isolation_before")
"""Groups shown, in this order."""


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
    shown = [_shown(arm, one, arms_of, names, place) for place, (arm, one) in enumerate(found)]
    first = Shown(NOBODY, dict(NONE), baseline)
    content = opened.content[next(iter(baseline.runs.values())).run["run"]]
    return Reading(opened, (first, *sorted(shown, key=lambda one: one.letter)), tuple(shown), tuple(seeds), content)


def _shown(arm: Arm, one: Paired, arms_of: Mapping[str, str], names: Mapping[str, str], place: int) -> Shown:
    """The arm under the letter it was asked for by, or by its place; its own name goes into the texts too."""
    run = str(next(iter(arm.runs.values())).run["run"])
    letter = arms_of.get(run) or (LETTERS[place] if place < len(LETTERS) else f"{place + 1}")
    if names.get(letter):
        arm.label = dict.fromkeys(NONE, names[letter])
    return Shown(letter, {lang: f"{letter} · {text}" for lang, text in arm.label.items()}, arm, one)


def window(reading: Reading) -> float:
    """Days since the onset that are worth drawing: until every arm is back or stands still."""
    return horizon(*(one.arm for one in reading.arms))


def curve_rows(reading: Reading, column: str, lang: str) -> list[dict[str, Any]]:
    """Mean, lowest and highest functioning over seeds, per cent of normal, by day since the crisis began."""
    last = window(reading)
    rows = []
    for one in reading.arms:
        days, values = curves(one.arm, column)
        for k in np.flatnonzero(days <= last):
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
    without, with_ = (_neighbourhoods(one, reading.opened) for one in (reading.baseline, reading.of(letter)))
    seeds = [seed for seed in without if seed in with_]
    if not seeds:
        return []
    first = without[seeds[0]]
    shown = ground(Places.of(first, reading.content.get("scenario", {}).get("territory", {})))
    place_of = np.array([shown.home.get(int(uid), "") for uid in first["uid"]])
    return [_place_row(place, shown.titles[place], place_of == place, [without[seed] for seed in seeds],
                       [with_[seed] for seed in seeds]) for place in sorted(set(shown.home.values()))]


def _place_row(place: str, title: str, inside: np.ndarray, without: Sequence[Table], with_: Sequence[Table]
               ) -> dict[str, Any]:
    def total(tables: Sequence[Table], column: str) -> np.ndarray:
        return np.array([float(np.asarray(table[column], np.float64)[inside].sum()) for table in tables])

    def loss(tables: Sequence[Table]) -> np.ndarray:
        return total(tables, "loss") / np.maximum(total(tables, "n"), 1)

    base, first = loss(without), without[0]
    change = loss(with_) - base
    spread = float(change.std(ddof=1)) if len(change) > 1 else float("nan")
    low, high = t_interval(float(change.mean()), spread, len(change))
    heads = np.maximum(first["n"][inside], 1)
    return {"uid": place, "where": title, "n": float(total(without, "n").mean()),
            "x": float(np.average(first["x"][inside], weights=heads)),
            "y": float(np.average(first["y"][inside], weights=heads)),
            "priority": bool(np.all(first["priority"][inside])), "loss": float(base.mean()),
            "low_loss": float(base.min()), "high_loss": float(base.max()), "change": float(change.mean()), "low": low,
            "high": high, "sure": bool(low > 0 or high < 0), "in_need": float(total(without, "in_need").mean()),
            "never": float(total(without, "never_reached").mean()),
            "never_with": float(total(with_, "never_reached").mean())}


def _neighbourhoods(one: Shown, opened: Opened) -> dict[int, Table]:
    return {seed: opened.of("neighbourhoods", str(view.run["run"])) for seed, view in one.arm.runs.items()}
