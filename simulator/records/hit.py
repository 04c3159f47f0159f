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
from .resident_sums import STATE_SUM_NAMES, TIE_HOLDER_AGE

BACK_LEVELS = (50, 80, 95)
"""Per cent of the hit of which it is told when they are back."""
MARKS_BY_COLUMN = {"beyond_own": BEYOND_OWN, "beyond_home": BEYOND_HOME, "asked": ASKED, "helped_by_persons":
                   HELPED_BY_PERSON, "helped_by_sites": HELPED_BY_SITE, "helped_by_institutions": HELPED_BY_INSTITUTION,
                   "helped_by_groups": HELPED_BY_GROUP, "helped_by_reserves": HELPED_BY_RESERVE}
"""Column of the runs table -> mark of the adults it counts."""


def summarise_hit(world: World, steps: np.ndarray, onset: int, horizon: int) -> dict[str, Any]:
    """Columns of the runs table about the hit. steps: int64[steps, 2 + STATE_SUM_NAMES + …], day and span first."""
    people, homes = world.people, world.households
    hit = (people.crisis_marks & HIT) > 0
    count = int(hit.sum())
    column = {name: steps[:, 2 + k] for k, name in enumerate(STATE_SUM_NAMES)}
    end = onset + horizon
    inside = (steps[:, 0] >= onset) & (steps[:, 0] < end)
    last = np.minimum(steps[inside, 0] + steps[inside, 1], end) - onset
    low = column["hit_low"][inside]
    permanent = compute_permanent_losses(world)[people.household[hit]]
    adults = (people.age >= TIE_HOLDER_AGE) & hit
    return {
        "hit": count, "hit_adults": int(adults.sum()),
        "loss_per_hit": float(people.loss_micro[hit].sum(dtype=np.int64)) / 1e6 / count if count else float("nan"),
        **{f"back_{level}": compute_days_back(last, low, count, level / 100) for level in BACK_LEVELS},
        "not_back": float(low[-1]) / count if count and len(low) else float("nan"),
        "permanent_loss": float(permanent.mean()) if count else float("nan"),
        "displaced": int((homes.displaced_on[people.household] >= 0).sum()),
        "still_displaced": int((homes.displaced[people.household] > 0).sum()),
        **{name: int((adults & ((people.crisis_marks & mark) > 0)).sum()) for name, mark in MARKS_BY_COLUMN.items()},
    }


def compute_days_back(last: np.ndarray, low: np.ndarray, count: int, share: float) -> float:
    """Days from onset until this share of the hit are back for good; the horizon if they are not by then.

    last: int64[steps], last day of each step since onset; low: int64[steps], residents hit who are not back after it;
    count: residents hit in all. NaN without any.
    """
    if not count or not len(low):
        return float("nan")
    above = np.flatnonzero(low > (1 - share) * count)
    return float(last[min(above[-1] + 1, len(last) - 1)]) if len(above) else 0.0


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
