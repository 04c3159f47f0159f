"""One run as the outcomes read it: its row of the runs table, its time series, its groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..records.files.run_files import RunTables
from ..records.run_tables import RowsByKey

RUN_VIEW_TABLES = ("runs", "series", "groups")
"""Tables that a RunView is made of."""


@dataclass(frozen=True)
class RunView:
    """The records of one run.

    run: column of the runs table to its value. series: column to its array over steps. groups: (dimension, group) to
    the group's row, column to value.
    """

    run: dict[str, Any]
    series: Mapping[str, np.ndarray]
    groups: Mapping[tuple[str, str], Mapping[str, Any]]

    def group(self, dimension: str, group: str, column: str) -> float:
        """The value of a column for one group; NaN if the run has no such group."""
        row = self.groups.get((dimension, group))
        return float("nan") if row is None else float(row[column])


def iterate_run_views(opened: RunTables) -> Iterator[RunView]:
    """Yield a view of every run, in the order of the runs table."""
    runs = opened.tables["runs"]
    for k, run in enumerate(runs["run"]):
        groups = RowsByKey(opened.of("groups", run), "dimension", "group")
        yield RunView({name: column[k] for name, column in runs.items()}, opened.of("series", run), groups)


@dataclass(frozen=True)
class RecoveryCurve:
    """Mean functioning since onset, three float64[steps].

    day: days from onset to the end of the step. span: days of the step. value: mean functioning over the step, 0 to 1.
    """

    day: np.ndarray
    span: np.ndarray
    value: np.ndarray


def compute_recovery_curve(view: RunView, column: str = "functioning") -> RecoveryCurve:
    """The recovery curve of one run from onset to its horizon; empty without a crisis.

    column: the column of the series to read. The first step is cut at the onset, the last one at the horizon.
    """
    onset, horizon = int(view.run["onset"]), int(view.run["horizon"])
    first, last = view.series["day"], view.series["day"] + view.series["span"]
    end = onset + horizon if horizon > 0 else int(last[-1]) if len(last) else 0
    rows = (last > onset) & (first < end) & (onset >= 0)
    begins, ends = np.maximum(first[rows], onset), np.minimum(last[rows], end)
    value = np.asarray(view.series[column], np.float64)[rows]
    return RecoveryCurve((ends - onset).astype(np.float64), (ends - begins).astype(np.float64), value)
