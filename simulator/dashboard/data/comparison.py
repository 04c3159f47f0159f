"""A comparison read from its folder: its arms by letter, and the rows that charts and tables show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ...analysis.effects.arms import (
    MAX_LEVERS_IN_LABEL,
    Arm,
    count_played_seeds,
    format_no_lever_label,
    format_portfolio_label,
)
from ...analysis.effects.judgement import judge_arms
from ...analysis.effects.outcomes import compute_loss_per_resident
from ...analysis.effects.paired_comparison import PairedEffect, compute_t_interval
from ...analysis.effects.verdict import parse_threshold
from ...analysis.run_view import RunView
from ...analysis.study_outcomes import EQUITY_DIMENSIONS
from ...i18n.translation import Message, list_languages
from ...records.files.run_files import RunTables
from ...records.results import open as open_results
from ...report.figures.findings import rank_effects
from ...report.figures.recovery import compute_recovery_curves, find_axis_end
from ...report.maps.base_map import BaseMap, assign_places, build_base_map
from ...report.maps.neighbourhoods import NeighbourhoodPoints
from ...report.maps.sites import MapSite, list_map_sites
from ...report.stored_threshold import find_stored_threshold
from .choices import ARM_LETTERS
from .workspace import PAGE_FILE, read_json_file

NeighbourhoodColumns = Mapping[str, np.ndarray]
"""Columns by name: of a run's neighbourhoods, or of one place summed, by seed."""
BASELINE_LETTER = ""
"""The letter of the arm without levers."""
SUMMED_COLUMNS = ("n", "loss", "in_need", "never_reached")
"""Columns of neighbourhoods that are summed over the neighbourhoods of a place."""


@dataclass(frozen=True)
class ShownArm:
    """One arm on the page. name: language to text, the letter first. effect: on loss; None for the baseline."""

    letter: str
    name: dict[str, str]
    arm: Arm
    effect: PairedEffect | None = None


@dataclass(frozen=True)
class Comparison:
    """One comparison as read from its folder.

    arms: the baseline first, then by letter. ranked: the arms with levers, best first. seeds: one per observation; in
    an ensemble, one per parameter set. content: the full settings of one run of the baseline.
    """

    opened: RunTables
    arms: tuple[ShownArm, ...]
    ranked: tuple[ShownArm, ...]
    seeds: tuple[int, ...]
    content: Mapping[str, Any]

    @property
    def baseline(self) -> ShownArm:
        """The arm without levers."""
        return self.arms[0]

    @property
    def seed_count(self) -> int:
        """Number of all seeds that were run."""
        return count_played_seeds([shown.arm for shown in self.arms])

    @cached_property
    def shown_days(self) -> float:
        """Days since onset to draw: until every arm has recovered or is steady."""
        return find_axis_end(*(shown.arm for shown in self.arms))

    def get_arm(self, letter: str) -> ShownArm:
        """The arm of a letter."""
        return next(shown for shown in self.arms if shown.letter == letter)


def read_comparison(folder: Path) -> Comparison:
    """Read what a folder holds so far. ValueError or FileNotFoundError if it is no comparison that can be read."""
    page = read_json_file(folder / PAGE_FILE) or {}
    letter_of_run = {run: letter for letter, runs in page.get("runs", {}).items() for run in runs}
    results = open_results(folder)
    stored = [str(row[0]) for row in results.sql("SELECT run FROM kept").fetchall()]
    opened = results.opened([run for run in stored if run in letter_of_run] if letter_of_run else stored)
    opened = replace(opened, worth=find_stored_threshold(folder))
    baseline, effects, seeds = rank_effects(opened)
    if not effects:
        raise ValueError(Message("no run with levers yet"))
    portfolios = page.get("choices", {}).get("portfolios", [])
    names = {letter: str(portfolio.get("name", "")) for letter, portfolio in zip(ARM_LETTERS, portfolios)}
    for arm in (arm for arm, _ in effects if len(arm.levers) > MAX_LEVERS_IN_LABEL):
        arm.label = format_portfolio_label(arm.content(opened))  # without the letter of reports: the page has its own
    ranked = [_show_arm(arm, effect, letter_of_run, names, k) for k, (arm, effect) in enumerate(effects)]
    first = ShownArm(BASELINE_LETTER, format_no_lever_label(), baseline)
    return Comparison(opened, (first, *sorted(ranked, key=lambda shown: shown.letter)), tuple(ranked), tuple(seeds),
                      baseline.content(opened))


def judge_again(comparison: Comparison, worth: str) -> Comparison:
    """The comparison judged by another threshold. ValueError for one that cannot be read."""
    if comparison.opened.worth == worth:
        return comparison
    arms = [shown.arm for shown in comparison.ranked]
    judged = judge_arms(comparison.baseline.arm, arms, comparison.opened, parse_threshold(worth))
    for arm in arms:
        arm.judgement = judged[arm.portfolio]
    return replace(comparison, opened=replace(comparison.opened, worth=worth))


def _show_arm(arm: Arm, effect: PairedEffect, letter_of_run: Mapping[str, str], names: Mapping[str, str],
              rank: int) -> ShownArm:
    """The arm under the letter it was requested by, else by its rank. A name that the user gave becomes its label."""
    run = str(next(iter(arm.runs.values())).run["run"])
    letter = letter_of_run.get(run) or (ARM_LETTERS[rank] if rank < len(ARM_LETTERS) else f"{rank + 1}")
    if names.get(letter):
        arm.label = dict.fromkeys(list_languages(), names[letter])
    return ShownArm(letter, {lang: f"{letter} · {text}" for lang, text in arm.label.items()}, arm, effect)


def list_curve_rows(comparison: Comparison, column: str, lang: str) -> list[dict[str, Any]]:
    """Mean, lowest and highest functioning over seeds, per cent of normal, by arm and day since onset."""
    rows = []
    for shown in comparison.arms:
        days, values = compute_recovery_curves(shown.arm, column)
        for k in np.flatnonzero(days <= comparison.shown_days):
            value = 100 * values[:, k]
            rows.append({"day": float(days[k]), "arm": shown.name[lang], "letter": shown.letter,
                         "value": float(value.mean()), "low": float(value.min()), "high": float(value.max())})
    return rows


def list_group_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """Loss per resident and number of residents of every group and arm, means over seeds."""
    view = next(iter(comparison.baseline.arm.runs.values()))
    groups = [key for key in view.groups if key[0] in EQUITY_DIMENSIONS]
    rows = []
    for dimension, group in sorted(groups, key=lambda key: EQUITY_DIMENSIONS.index(key[0])):
        for shown in comparison.arms:
            runs = shown.arm.runs.values()
            loss = [compute_loss_per_resident(run, dimension, group) for run in runs]
            residents = [run.group(dimension, group, "n") for run in runs]
            if np.isfinite(loss).any():
                rows.append({"dimension": dimension, "group": group, "letter": shown.letter,
                             "loss": float(np.nanmean(loss)), "n": float(np.nanmean(residents))})
    return rows


def list_place_rows(comparison: Comparison, letter: str) -> list[dict[str, Any]]:
    """Places as reports show them (groups of neighbourhoods, or communes), with their loss and what one arm changes.

    A place is never a single neighbourhood and never has few residents. loss: per resident, without levers. change: of
    the loss per resident; low, high: its 95 % interval over seeds; sure: the interval excludes 0.
    """
    without, with_ = comparison.baseline.arm, comparison.get_arm(letter).arm
    seeds = [seed for seed in comparison.seeds if seed in without.runs and seed in with_.runs]
    if not seeds:
        return []
    first = _read_neighbourhoods(comparison, next(iter(without.runs.values())))
    territory = comparison.content.get("scenario", {}).get("territory", {})
    base_map = assign_places(NeighbourhoodPoints.of(first, territory))
    places = sorted(set(base_map.place_of.values()))
    home = [base_map.place_of.get(int(uid), "") for uid in first["uid"]]
    members = [np.array(home) == place for place in places]
    before, after = (_sum_by_place(comparison, arm, seeds, members) for arm in (without, with_))
    return [_place_row(place, base_map.titles[place], {name: column[rows] for name, column in first.items()},
                       before[k], after[k]) for k, (place, rows) in enumerate(zip(places, members))]


def draw_place_map(comparison: Comparison) -> BaseMap:
    """The shapes that the rows of `list_place_rows` are drawn on."""
    rows = _read_neighbourhoods(comparison, next(iter(comparison.baseline.arm.runs.values())))
    return build_base_map(NeighbourhoodPoints.of(rows, comparison.content.get("scenario", {}).get("territory", {})))


def list_real_sites(comparison: Comparison, base_map: BaseMap, lang: str) -> list[MapSite]:
    """The real sites that lie on the map, with their names."""
    arm = comparison.baseline.arm
    return [site for site in list_map_sites(comparison.opened, arm, base_map, lang) if site.name]


def _sum_by_place(comparison: Comparison, arm: Arm, seeds: list[int],
                  members: list[np.ndarray]) -> list[NeighbourhoodColumns]:
    """For each place, SUMMED_COLUMNS over its neighbourhoods, float64[seeds]. members: bool[neighbourhoods] each."""
    def sum_run(view: RunView) -> np.ndarray:
        columns = _read_neighbourhoods(comparison, view)
        return np.array([[np.asarray(columns[name], np.float64)[rows].sum() for name in SUMMED_COLUMNS]
                         for rows in members])

    sums = np.array([arm.measure_seed(sum_run, seed) for seed in seeds])
    return [dict(zip(SUMMED_COLUMNS, sums[:, k].T, strict=True)) for k in range(len(members))]


def _place_row(place: str, title: str, first: NeighbourhoodColumns, without: NeighbourhoodColumns,
               with_: NeighbourhoodColumns) -> dict[str, Any]:
    base = without["loss"] / np.maximum(without["n"], 1)
    change = with_["loss"] / np.maximum(with_["n"], 1) - base
    deviation = float(change.std(ddof=1)) if len(change) > 1 else float("nan")
    low, high = compute_t_interval(float(change.mean()), deviation, len(change))
    return {"uid": place, "where": title, "n": float(without["n"].mean()),
            "priority": bool(np.all(first["priority"])), "loss": float(base.mean()),
            "low_loss": float(base.min()), "high_loss": float(base.max()), "change": float(change.mean()), "low": low,
            "high": high, "sure": bool(low > 0 or high < 0), "in_need": float(without["in_need"].mean()),
            "never": float(without["never_reached"].mean()), "never_with": float(with_["never_reached"].mean())}


def _read_neighbourhoods(comparison: Comparison, view: RunView) -> NeighbourhoodColumns:
    return comparison.opened.of("neighbourhoods", str(view.run["run"]))
