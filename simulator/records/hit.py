"""The hit: residents whom a crisis reached. How long until they are back, what they lose for good, who helped them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernel.compiled import kernel
from ..rules.aftermath import saturating_share
from ..rules.need_domains import DOMAINS
from ..world.population.people import (
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
from ..world.world import World
from .hit_follow_up import NEVER, YEAR_DAYS, HitFollowUp
from .hit_measures import BACK, DIED, MICRO, NOT_EVER, NOT_YET, measure_hit
from .resident_sums import TIE_HOLDER_AGE
from .schema import HIT_SCHEMA

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
    day, hit = followed.days, followed.days["hit_on"] >= 0
    rows = np.flatnonzero(hit | (losses[horizon] > 0))
    rows = rows[np.argsort(people.uid[rows])]  # so that no sum depends on the order of residents
    died = np.where(day["died_on"] > horizon, NEVER, day["died_on"])[rows]
    steady = (day["fell_on"][rows] < 0) & (died < 0)
    back = np.where(steady, 0, np.where(day["back_on"][rows] > horizon, NEVER, day["back_on"][rows]))
    permanent = compute_permanent_losses(world)[people.household[rows]]
    well = float(world.settings.functioning.well)
    state = np.select([died >= 0, back >= 0, permanent > 1 - well], [DIED, BACK, NOT_EVER], NOT_YET)
    return {"uid": people.uid[rows].astype(np.int64), "hit": hit[rows].astype(np.int64),
            "loss_year": losses[min(YEAR_DAYS, horizon)][rows] / MICRO, "loss": losses[horizon][rows] / MICRO,
            "back": back.astype(np.int64), "died": died.astype(np.int64), "permanent": permanent,
            "state": state.astype(np.int64)}


def summarise_hit(world: World, table: dict[str, np.ndarray], horizon: int) -> dict[str, Any]:
    """Columns of the runs table about the hit. table: see `build_hit_table`."""
    people, homes = world.people, world.households
    hit = (people.crisis_marks & HIT) > 0
    adults = (people.age >= TIE_HOLDER_AGE) & hit
    return {
        "hit_adults": int(adults.sum()), **measure_hit(table, table["hit"] > 0, horizon),
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
