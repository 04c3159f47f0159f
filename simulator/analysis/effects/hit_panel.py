"""The hit of one seed, fixed over its arms: the same residents in every arm, paired by identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ...records.recovery.hit_measures import measure_hit

if TYPE_CHECKING:
    from ...records.files.run_files import RunTables
    from ..run_view import RunView
    from .arms import Arm

HIT_TABLE, CRISIS_HIT_TABLE = "hit_residents", "hit_by_crisis"
PERSON_DAY = 1.0
"""From this difference on, a resident fares better or worse, person-days."""
RETURN_ABSENT = {"back": 0}
"""Who was hit in another arm alone was never away in this one."""
ABSENT = {"loss": 0.0, "loss_year": 0.0, "back": 0, "days": 0, "died": -1, "permanent": 0.0, "hit": 0, "state": 0}
"""What it means to be in no row of a run's table: not hit, nothing lost."""


@dataclass(frozen=True)
class HitPanel:
    """Residents hit in any arm of one seed, and their course in each.

    uid: int64[p], ascending. horizon: days. arms: portfolio to columns of HIT_SCHEMA, p values each. is_fixed: whether
    the same residents were hit in every arm; a lever that changes exposure makes a difference.
    """

    uid: np.ndarray
    horizon: int
    arms: Mapping[str, Mapping[str, np.ndarray]]
    is_fixed: bool

    def days(self, portfolio: str) -> np.ndarray:
        """float64[p]: days not back, the horizon for who is not back by then or died before.

        Of several crises the sum, each timed until the next.
        """
        return self.arms[portfolio]["days"].astype(np.float64)


@dataclass(frozen=True)
class PairTotals:
    """One arm against another: float64[seeds] each, sums over all hit of a seed (of a parameter set in an ensemble).

    runs: how many a sum is over. gain: person-days that `arm` saves to the horizon; base: person-days lost in `other`.
    days: days not back that it saves; permanent: functioning lost for good that it adds. better, worse: residents who
    fare better or worse by a person-day or more; better_days, worse_days: by how many in all.
    """

    seeds: tuple[int, ...]
    runs: np.ndarray
    hit: np.ndarray
    base: np.ndarray
    gain: np.ndarray
    gain_year: np.ndarray
    days: np.ndarray
    permanent: np.ndarray
    base_permanent: np.ndarray
    better: np.ndarray
    worse: np.ndarray
    better_days: np.ndarray
    worse_days: np.ndarray


def collect_hit_panels(arms: Sequence[Arm], opened: RunTables) -> dict[int, HitPanel]:
    """Seed to its panel; empty where the tables of the hit were not read."""
    if HIT_TABLE not in opened.tables:
        return {}
    seeds = sorted({seed for arm in arms for seed in arm.runs})
    return {seed: _build_panel({arm.portfolio: arm.runs[seed] for arm in arms if seed in arm.runs}, opened)
            for seed in seeds}


def _build_panel(views: Mapping[str, RunView], opened: RunTables) -> HitPanel:
    tables = {name: opened.of(HIT_TABLE, str(view.run["run"])) for name, view in views.items()}
    own = {name: table["uid"][table["hit"] > 0] for name, table in tables.items()}
    uid = list_uids_in_any([{"uid": found} for found in own.values()])
    horizon = int(next(iter(views.values())).run["horizon"])
    return HitPanel(uid, horizon, {name: align_rows(table, uid, ABSENT) for name, table in tables.items()},
                    all(len(found) == len(uid) for found in own.values()))


def list_uids_in_any(tables: Iterable[Mapping[str, np.ndarray]]) -> np.ndarray:
    """int64[p]: residents in any of these tables, ascending, each once."""
    return np.unique(np.concatenate([table["uid"] for table in tables]))


def align_rows(table: Mapping[str, np.ndarray], uid: np.ndarray, absent: Mapping[str, float]) -> dict[str, np.ndarray]:
    """The columns of a run's table for these residents, in their order. absent: column to its value in no row."""
    order = np.argsort(table["uid"], kind="stable")
    known = table["uid"][order]
    at = np.searchsorted(known, uid)
    found = np.zeros(len(uid), bool)
    found[at < len(known)] = known[at[at < len(known)]] == uid[at < len(known)]
    out = {}
    for name, value in absent.items():
        out[name] = np.full(len(uid), value, table[name].dtype)
        out[name][found] = table[name][order[at[found]]]
    return out


def fix_the_hit(arms: Sequence[Arm], opened: RunTables) -> None:
    """Let outcomes of the hit count the same residents in every arm of a seed: those hit in any of them.

    Where all arms hit the same, as they do unless a lever changes exposure, runs already tell it. Arms are changed in
    place.
    """
    for seed in {seed for arm in arms for seed in arm.runs}:
        having = [arm for arm in arms if seed in arm.runs]
        if HIT_TABLE not in opened.tables or len({str(arm.runs[seed].run["hit_key"]) for arm in having}) < 2:
            continue
        panel = _build_panel({arm.portfolio: arm.runs[seed] for arm in having}, opened)
        first = _fix_first_crisis(having, seed, opened)
        for arm in having:
            columns = {"uid": panel.uid, **panel.arms[arm.portfolio]}
            fixed = measure_hit(columns, np.ones(len(panel.uid), bool), panel.horizon, first.get(arm.portfolio))
            arm.replace_run(seed, replace(arm.runs[seed], run={**arm.runs[seed].run, **fixed}))


def select_crisis(opened: RunTables, run: str, number: int) -> dict[str, np.ndarray]:
    """Columns uid and back of those whom one of several crises hit in a run; no rows for a run of one crisis."""
    table = opened.of(CRISIS_HIT_TABLE, run)
    mine = table["crisis"] == number
    return {name: table[name][mine] for name in ("uid", "back")}


def _fix_first_crisis(arms: Sequence[Arm], seed: int, opened: RunTables) -> dict[str, tuple[np.ndarray, int]]:
    """Portfolio to the days back of those whom the first of several crises hit in any arm, and its clock.

    Empty for one crisis.
    """
    views = {arm.portfolio: arm.runs[seed].run for arm in arms}
    if not any(len(opened.of(CRISIS_HIT_TABLE, str(run["run"]))["uid"]) for run in views.values()):
        return {}
    rows = {name: select_crisis(opened, str(run["run"]), 1) for name, run in views.items()}
    uid = list_uids_in_any(rows.values())
    return {name: (align_rows(table, uid, RETURN_ABSENT)["back"], int(views[name]["clock"]))
            for name, table in rows.items()}


def total_pair(panels: Mapping[int, HitPanel], arm: Arm, other: Arm) -> PairTotals:
    """An arm against another, over the seeds that both have played: of an ensemble, over parameter sets."""
    groups = arm.seeds_by_set or {seed: (seed,) for seed in panels}
    rows = {}
    for first, seeds in groups.items():
        both = [seed for seed in seeds if seed in panels and {arm.portfolio, other.portfolio} <= set(panels[seed].arms)]
        if both:
            rows[first] = np.sum([_total_seed(panels[seed], arm.portfolio, other.portfolio) for seed in both], axis=0)
    values = np.array(list(rows.values())).reshape(len(rows), -1).T if rows else np.zeros((12, 0))
    return PairTotals(tuple(rows), *values)


def _total_seed(panel: HitPanel, name: str, other: str) -> np.ndarray:
    """float64[12]: the sums of PairTotals over one panel."""
    mine, theirs = panel.arms[name], panel.arms[other]
    gain = theirs["loss"] - mine["loss"]
    better, worse = gain >= PERSON_DAY, gain <= -PERSON_DAY
    return np.array([1, len(panel.uid), theirs["loss"].sum(), gain.sum(),
                     (theirs["loss_year"] - mine["loss_year"]).sum(),
                     (panel.days(other) - panel.days(name)).sum(), (mine["permanent"] - theirs["permanent"]).sum(),
                     theirs["permanent"].sum(), better.sum(), worse.sum(), gain[better].sum(), -gain[worse].sum()])
