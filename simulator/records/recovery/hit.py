"""The hit: residents whom a crisis reached. How long until they are back, what they lose for good, who helped them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...kernel.compiled import kernel
from ...rules.aftermath import saturating_share
from ...rules.need_domains import DOMAINS
from ...world.population.people import (
    ASKED,
    BEYOND_HOME,
    BEYOND_OWN,
    HELPED_BY_GROUP,
    HELPED_BY_INSTITUTION,
    HELPED_BY_PERSON,
    HELPED_BY_RESERVE,
    HELPED_BY_SITE,
    HIT,
)
from ...world.world import World
from ..resident_sums import TIE_HOLDER_AGE
from ..schema import HIT_SCHEMA, RECOVERY_SCHEMA
from .crisis_clock import NEVER
from .crisis_episodes import CrisisEpisode
from .hit_follow_up import YEAR_DAYS, HitFollowUp
from .hit_measures import BACK, DIED, MICRO, NOT_EVER, NOT_YET, measure_hit, measure_return

MARKS_BY_COLUMN = {"beyond_own": BEYOND_OWN, "beyond_home": BEYOND_HOME, "asked": ASKED, "helped_by_persons":
                   HELPED_BY_PERSON, "helped_by_sites": HELPED_BY_SITE, "helped_by_institutions": HELPED_BY_INSTITUTION,
                   "helped_by_groups": HELPED_BY_GROUP, "helped_by_reserves": HELPED_BY_RESERVE}
"""Column of the runs table -> mark of the adults it counts."""


def build_hit_table(world: World, followed: HitFollowUp) -> dict[str, np.ndarray]:
    """The table of the hit, without its run column: who was hit, or lost functioning, after the first crisis began.

    Who is in no row was not hit, and lost nothing.
    """
    people, horizon = world.people, followed.horizon
    if not followed.days or horizon <= 0:
        return {name: np.zeros(0, spec.dtype) for name, spec in HIT_SCHEMA.items() if name != "run"}
    losses = {day: followed.losses.get(day, people.loss_micro) for day in (min(YEAR_DAYS, horizon), horizon)}
    hit = followed.days["hit_on"] >= 0
    rows = np.flatnonzero(hit | (losses[horizon] > 0))
    rows = rows[np.argsort(people.uid[rows])]  # so that no sum depends on the order of residents
    back, died = read_return(followed.days, rows, 0, horizon)
    permanent = compute_permanent_losses(world)[people.household[rows]]
    well = float(world.settings.functioning.well)
    state = np.select([died >= 0, back >= 0, permanent > 1 - well], [DIED, BACK, NOT_EVER], NOT_YET)
    return {"uid": people.uid[rows].astype(np.int64), "hit": hit[rows].astype(np.int64),
            "loss_year": losses[min(YEAR_DAYS, horizon)][rows] / MICRO, "loss": losses[horizon][rows] / MICRO,
            "back": back, "days": _count_days_not_back(followed, rows, back), "died": died, "permanent": permanent,
            "state": state.astype(np.int64)}


def read_return(days: Mapping[str, np.ndarray], rows: np.ndarray, begin: int,
                clock: int) -> tuple[np.ndarray, np.ndarray]:
    """int64[rows] each: days until back and until death, NEVER where neither is within the clock.

    days: as in HitFollowUp; begin: day on which the clock starts; clock: its days.
    """
    died, back = (days[name][rows].astype(np.int64) - begin for name in ("died_on", "back_on"))
    died = np.where((days["died_on"][rows] < 0) | (died > clock), NEVER, died)
    steady = (days["fell_on"][rows] < 0) & (died < 0)
    return np.where(steady, 0, np.where((days["back_on"][rows] < 0) | (back > clock), NEVER, back)), died


def _count_days_not_back(followed: HitFollowUp, rows: np.ndarray, back: np.ndarray) -> np.ndarray:
    """int64[rows]: days not back; of several crises the sum, each up to the next. back: of the one clock of one."""
    if not followed.clocks:
        return np.where(back >= 0, back, followed.horizon)
    total = np.zeros(len(rows), np.int64)
    for clock in followed.clocks:
        if clock.days:
            back, _ = read_return(clock.days, rows, clock.episode.first, clock.episode.clock)
            total += np.where(clock.days["hit_on"][rows] < 0, 0, np.where(back >= 0, back, clock.episode.clock))
    return total


def build_crisis_hit_table(world: World, followed: HitFollowUp) -> dict[str, np.ndarray]:
    """The table of who was hit by which of several crises, without its run column; empty for one crisis."""
    parts = []
    for number, clock in enumerate(followed.clocks, start=1):
        rows = np.flatnonzero(clock.days["hit_on"] >= 0) if clock.days else np.zeros(0, np.int64)
        rows = rows[np.argsort(world.people.uid[rows])]
        back = died = rows
        if len(rows):
            back, died = read_return(clock.days, rows, clock.episode.first, clock.episode.clock)
        parts.append({"crisis": np.full(len(rows), number), "uid": world.people.uid[rows].astype(np.int64),
                      "back": back, "died": died})
    return {name: np.concatenate([part[name] for part in parts]) if parts else np.zeros(0, np.int64)
            for name in ("crisis", "uid", "back", "died")}


def build_recovery_table(episodes: Sequence[CrisisEpisode], hit: Mapping[str, np.ndarray],
                         by_crisis: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The table of crises, without its run column: how fast those hit by each are back. hit, by_crisis: tables."""
    rows = []
    for number, episode in enumerate(episodes, start=1):
        of, mine = (hit, hit["hit"] > 0) if len(episodes) == 1 else (by_crisis, by_crisis["crisis"] == number)
        rows.append({"crisis": number, "crises": "+".join(episode.crises), "date": np.datetime64(episode.date, "us"),
                     "begins": episode.first, "clock": episode.clock, "is_censored": int(episode.is_censored),
                     "hit": int(mine.sum()), "hit_died": int((of["died"][mine] >= 0).sum()),
                     **measure_return(of["back"][mine], episode.clock)})
    return {name: np.array([row[name] for row in rows], dtype=object if name == "crises" else None)
            for name in RECOVERY_SCHEMA if name != "run"}


def find_first_return(episodes: Sequence[CrisisEpisode],
                      by_crisis: Mapping[str, np.ndarray]) -> tuple[np.ndarray, int] | None:
    """Of several crises, days back of those hit by the first, and the days of its clock; None for one crisis."""
    return (by_crisis["back"][by_crisis["crisis"] == 1], episodes[0].clock) if len(episodes) > 1 else None


def summarise_hit(world: World, table: Mapping[str, np.ndarray], horizon: int,
                  first: tuple[np.ndarray, int] | None = None) -> dict[str, Any]:
    """Columns of the runs table about the hit. table: see `build_hit_table`; first: see `measure_hit`."""
    people, homes = world.people, world.households
    hit = (people.crisis_marks & HIT) > 0
    adults = (people.age >= TIE_HOLDER_AGE) & hit
    return {
        "hit_adults": int(adults.sum()), **measure_hit(table, table["hit"] > 0, horizon, first),
        "displaced": int((homes.displaced_on[people.household] >= 0).sum()),
        "still_displaced": int((homes.displaced[people.household] > 0).sum()),
        **{name: int((adults & ((people.crisis_marks & mark) > 0)).sum()) for name, mark in MARKS_BY_COLUMN.items()},
    }


def compute_permanent_losses(world: World) -> np.ndarray:
    """float64[h]: functioning that the members of each household have lost for good."""
    p = world.settings.functioning
    weights = np.array([getattr(p, f"weight_{domain}") for domain in DOMAINS])
    scales = np.array([getattr(p, f"scale_{domain}") for domain in DOMAINS])
    out = np.zeros(world.households.rows)
    _compute_permanent_losses(world.households.view("given_up"), weights, scales, out)
    return out


@kernel
def _compute_permanent_losses(given_up, weights, scales, out):
    for h in range(out.size):
        for d in range(weights.size):
            out[h] += weights[d] * saturating_share(np.float64(given_up[h, d]), scales[d])
