"""Outcomes of a fixed set of residents who were hit, from the table of a run: all of them count, whoever is back."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import numpy as np

BACK_LEVELS = (50, 80, 95)
"""Per cent of the hit of which it is told when they are back."""
BACK_DAYS = (182, 365, 730)
"""Days since onset at which it is told what share of the hit is back."""
BACK, NOT_YET, NOT_EVER, DIED = 0, 1, 2, 3
"""States at the horizon. NOT_EVER: what is lost for good leaves functioning below the level that counts as back."""
RETURN_MEASURES = ("days_not_back", *(f"back_{level}" for level in BACK_LEVELS),
                   *(f"back_by_{day}" for day in BACK_DAYS), "not_back")
"""How fast the hit are back."""
HIT_MEANS = ("loss_per_hit", "loss_per_hit_year", *RETURN_MEASURES, "permanent_loss")
"""Outcomes of the hit that mean nothing without any."""
MICRO = 1e6
KEY_LENGTH = 12


def measure_hit(table: Mapping[str, np.ndarray], rows: np.ndarray, horizon: int,
                first: tuple[np.ndarray, int] | None = None) -> dict[str, Any]:
    """The outcomes of a fixed set of residents, as columns of the runs table. rows: bool or places in the table.

    All of them count: who is not back by the horizon, or died before being back, counts the whole horizon, and a time
    that too few reach is infinite. first: of several crises, the days back of those hit by the first, as in the table,
    and the days of its clock; times until a share is back are those of the first crisis.
    """
    columns = {name: np.asarray(values)[rows] for name, values in table.items()}
    count = len(columns["uid"])
    if not count:
        return {"hit": 0, "hit_key": "", "hit_died": 0, **dict.fromkeys(HIT_MEANS, float("nan"))}
    back, clock = first or (columns["back"], horizon)
    return {
        "hit": count, "hit_key": sha256(np.sort(columns["uid"]).astype("<i8").tobytes()).hexdigest()[:KEY_LENGTH],
        "hit_died": int((columns["died"] >= 0).sum()),
        "loss_per_hit": float(columns["loss"].mean()), "loss_per_hit_year": float(columns["loss_year"].mean()),
        **measure_return(back, clock), "days_not_back": float(columns["days"].mean()),
        "not_back": float((columns["back"] < 0).mean()), "permanent_loss": float(columns["permanent"].mean())}


def measure_return(back: np.ndarray, clock: int) -> dict[str, float]:
    """How fast a set of residents is back. back: int64[hit], days until back, -1 for not by the end of the clock.

    Who is not back counts the whole clock, days, in the mean. NaN without anybody, and beyond the clock.
    """
    if not len(back):
        return dict.fromkeys(RETURN_MEASURES, float("nan"))
    days = np.where(back >= 0, back, np.inf)
    return {"days_not_back": float(np.minimum(days, clock).mean()),
            **{f"back_{level}": compute_days_back(days, level) for level in BACK_LEVELS},
            **{f"back_by_{day}": float((days <= day).mean()) if day <= clock else float("nan") for day in BACK_DAYS},
            "not_back": float((days > clock).mean())}


def compute_days_back(days: np.ndarray, level: int) -> float:
    """Days from onset until `level` per cent are back; infinite if so many are never. days: float64[hit]."""
    return float(np.sort(days)[-(-level * len(days) // 100) - 1]) if len(days) else float("nan")
