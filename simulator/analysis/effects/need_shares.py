"""Who met the needs of a crisis, as shares by source: each unit is counted once, where it came from (model 9)."""

from __future__ import annotations

import numpy as np

from ...rules.need_domains import DOMAINS, SOURCES
from ..run_view import RunView


def compute_need_shares_by_source(view: RunView) -> dict[str, np.ndarray]:
    """Map each source, and "faded" for what nobody met, to its shares float64[domains] of the crisis need that ended.

    Computed from the ledger's flows, so that a need that lasts many days is counted once. NaN where no need ended.
    """
    return _compute_shares(view, "crisis_met", "faded", "crisis_faded")


def compute_work_shares_by_source(view: RunView) -> dict[str, np.ndarray]:
    """The same for aftermath: who made it good, and "given_up" for what was given up for good."""
    return _compute_shares(view, "aftermath_met", "given_up", "aftermath_given_up")


def _compute_shares(view: RunView, met: str, other: str, others: str) -> dict[str, np.ndarray]:
    """Shares of flows since onset: by the sources of `met`, and `other` for the flow `others`."""
    rows = view.series["day"] + view.series["span"] > max(int(view.run["onset"]), 0)
    ended = {source: _sum_by_domain(view, f"{met}_{source}", rows) for source in SOURCES}
    ended[other] = _sum_by_domain(view, others, rows)
    total = np.sum(list(ended.values()), axis=0)
    return {source: np.where(total > 0, amount / np.maximum(total, 1), np.nan) for source, amount in ended.items()}


def _sum_by_domain(view: RunView, name: str, rows: np.ndarray) -> np.ndarray:
    return np.array([view.series[f"{name}_{domain}"][rows].sum() for domain in DOMAINS], np.float64)
