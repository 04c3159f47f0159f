"""One run as outcomes read it: its row, its series since onset, its groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..records.folder import Opened

READ = ("runs", "series", "groups")
"""Tables that a view is made of."""


@dataclass(frozen=True)
class RunView:
    """run: one value per column of runs · series: one array per column · groups: (dimension, group) to a row."""

    run: dict[str, Any]
    series: dict[str, np.ndarray]
    groups: dict[tuple[str, str], dict[str, Any]]

    def group(self, dimension: str, group: str, column: str) -> float:
        """A value of one group, NaN if the group is not there."""
        row = self.groups.get((dimension, group))
        return float("nan") if row is None else float(row[column])


def views(opened: Opened) -> Iterator[RunView]:
    """Every run, in the order of the runs table."""
    runs = opened.tables["runs"]
    for k, run in enumerate(runs["run"]):
        groups = opened.of("groups", run)
        keys = list(zip(groups["dimension"], groups["group"]))
        rows = {key: {name: column[i] for name, column in groups.items()} for i, key in enumerate(keys)}
        yield RunView({name: column[k] for name, column in runs.items()}, opened.of("series", run), rows)


@dataclass(frozen=True)
class Recovery:
    """Mean functioning since onset, float64[t]: value holds over `span` days and is reached `day` days after onset."""

    day: np.ndarray
    span: np.ndarray
    value: np.ndarray


def recovery(view: RunView, column: str = "functioning") -> Recovery:
    """The recovery curve of one run, from onset to its horizon. Empty without a crisis.

    The first step counts from the day of onset on, the last one up to the horizon.
    """
    onset, horizon = int(view.run["onset"]), int(view.run["horizon"])
    first, last = view.series["day"], view.series["day"] + view.series["span"]
    end = onset + horizon if horizon > 0 else int(last[-1]) if len(last) else 0
    rows = (last > onset) & (first < end) & (onset >= 0)
    begins, ends = np.maximum(first[rows], onset), np.minimum(last[rows], end)
    value = np.asarray(view.series[column], np.float64)[rows]
    return Recovery((ends - onset).astype(np.float64), (ends - begins).astype(np.float64), value)
