"""Recovery crisis by crisis: of several, each is timed from its own first day until the next one begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...records.recovery.crisis_episodes import CrisisEpisode, list_crisis_episodes
from ...records.recovery.hit_measures import measure_return
from .hit_panel import RETURN_ABSENT, align_rows, list_uids_in_any, select_crisis
from .paired_comparison import PairedEffect, compare_paired_values

if TYPE_CHECKING:
    from ...records.files.run_files import RunTables
    from .arms import Arm


@dataclass(frozen=True)
class CrisisRecovery:
    """How fast an arm is back from one of several crises, mean over seeds.

    hit: residents, the same in all arms of a seed. days: days not back, restricted mean of the hit, over the clock.
    back_80: days until 80 % are back, mean over the seeds that reach it, reached of n; NaN where none does. not_back:
    share when the clock ends. sooner: days not back that the arm saves, None for the arm without levers.
    """

    number: int
    episode: CrisisEpisode
    arm: Arm
    n: int
    hit: float
    days: float
    back_80: float
    reached: int
    not_back: float
    sooner: PairedEffect | None


def compare_crises(arms: Sequence[Arm], opened: RunTables) -> list[CrisisRecovery]:
    """Every crisis in order of time, and in it every arm, the first of `arms` being the one without levers.

    Empty for a single crisis, or several that all overlap.
    """
    episodes = list_crisis_episodes(arms[0].content(opened)["scenario"])
    if len(episodes) < 2:
        return []
    out = []
    for number, episode in enumerate(episodes, start=1):
        found = _measure_seeds(arms, opened, number, episode.clock)
        without = found[arms[0].portfolio]
        out += [_summarise(number, episode, arm, found[arm.portfolio], without if k else None)
                for k, arm in enumerate(arms)]
    return out


def _measure_seeds(arms: Sequence[Arm], opened: RunTables, number: int,
                   clock: int) -> dict[str, dict[int, dict[str, float]]]:
    """Portfolio to seed to how fast those hit by this crisis in any arm of the seed are back."""
    found: dict[str, dict[int, dict[str, float]]] = {arm.portfolio: {} for arm in arms}
    for seed in sorted({seed for arm in arms for seed in arm.runs}):
        tables = {arm.portfolio: select_crisis(opened, str(arm.runs[seed].run["run"]), number)
                  for arm in arms if seed in arm.runs}
        uid = list_uids_in_any(tables.values())
        for name, table in tables.items():
            back = align_rows(table, uid, RETURN_ABSENT)["back"]
            found[name][seed] = {"hit": float(len(uid)), **measure_return(back, clock)}
    return found


def _summarise(number: int, episode: CrisisEpisode, arm: Arm, found: Mapping[int, Mapping[str, float]],
               without: Mapping[int, Mapping[str, float]] | None) -> CrisisRecovery:
    rows = list(found.values())
    back = np.array([row["back_80"] for row in rows])
    reached = np.isfinite(back)
    sooner = None
    if without is not None:
        both = [seed for seed in found if seed in without]
        sooner = compare_paired_values(np.array([found[seed]["days_not_back"] for seed in both]),
                                       np.array([without[seed]["days_not_back"] for seed in both]), 1)
    hit, days, not_back = (float(np.mean([row[name] for row in rows])) for name in ("hit", "days_not_back", "not_back"))
    return CrisisRecovery(number, episode, arm, len(rows), hit, days,
                          float(back[reached].mean()) if reached.any() else float("nan"), int(reached.sum()), not_back,
                          sooner)
