"""Who met the needs of a crisis: each unit counted once, at its origin (model 9)."""

from __future__ import annotations

import numpy as np

from ..rules.domain import DOMAINS, SOURCES
from .run_view import RunView


def met_by_source(view: RunView) -> dict[str, np.ndarray]:
    """Source, and "faded" for what nobody met, to float64[domains]: shares of all need that ended since onset.

    From the ledger's flows, so that a need carried over many days is not counted every day. NaN where none ended.
    """
    onset = int(view.run["onset"])
    rows = view.series["day"] + view.series["span"] > max(onset, 0)
    ended = {source: _sums(view, f"met_{source}", rows) for source in SOURCES}
    ended["faded"] = _sums(view, "faded", rows)
    total = np.sum(list(ended.values()), axis=0)
    return {source: np.where(total > 0, part / np.maximum(total, 1), np.nan) for source, part in ended.items()}


def _sums(view: RunView, name: str, rows: np.ndarray) -> np.ndarray:
    return np.array([view.series[f"{name}_{domain}"][rows].sum() for domain in DOMAINS], np.float64)
