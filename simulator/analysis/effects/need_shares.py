"""Who met the needs of a crisis, as shares by source: each unit is counted once, where it came from (model 9)."""

from __future__ import annotations

import numpy as np

from ...rules.need_domains import DOMAINS, SOURCES
from ..run_view import RunView


def compute_need_shares_by_source(view: RunView) -> dict[str, np.ndarray]:
    """Map each source, and "faded" for what nobody met, to its shares float64[domains] of the need ended since onset.

    Computed from the ledger's flows, so that a need that lasts many days is counted once. NaN where no need ended.
    """
    onset = int(view.run["onset"])
    rows = view.series["day"] + view.series["span"] > max(onset, 0)
    ended = {source: _sum_by_domain(view, f"met_{source}", rows) for source in SOURCES}
    ended["faded"] = _sum_by_domain(view, "faded", rows)
    total = np.sum(list(ended.values()), axis=0)
    return {source: np.where(total > 0, amount / np.maximum(total, 1), np.nan) for source, amount in ended.items()}


def _sum_by_domain(view: RunView, name: str, rows: np.ndarray) -> np.ndarray:
    return np.array([view.series[f"{name}_{domain}"][rows].sum() for domain in DOMAINS], np.float64)
