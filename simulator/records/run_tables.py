"""Tables of runs that were read back.

A run has some three hundred series, of which a brief reads few: most stay in their files until somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .schema import SERIES_SCHEMA

_BRIEF_PREFIXES = ("functioning", "hours_given_", "crisis_met_", "crisis_faded_")
SERIES_READ_FIRST = ("run", "day", "span", "date", "alive", "hit", "hit_low", "members", "isolated", "ties", "strong",
                     "trust_institutions", "goods_shared", "goods_distributed",
                     *(name for name in SERIES_SCHEMA if name.startswith(_BRIEF_PREFIXES)),
                     *(name for name in SERIES_SCHEMA if name.startswith("met_") and name.endswith("_know_how")))
"""The series that a brief reads; for any other all the rest is read at once."""


class ColumnsOnDemand(Mapping[str, np.ndarray]):
    """The columns of one table: `first` from the start; the rest all at once, when one of them is first asked for.

    names: all columns, in their order. read_rest: gives those that are not in `first`, with the same rows.
    """

    def __init__(self, names: tuple[str, ...], first: Mapping[str, np.ndarray],
                 read_rest: Callable[[tuple[str, ...]], Mapping[str, np.ndarray]]) -> None:
        self._names, self._columns, self._read_rest = names, dict(first), read_rest

    def __getitem__(self, name: str) -> np.ndarray:
        if name not in self._columns and name in self._names:
            rest = tuple(other for other in self._names if other not in self._columns)
            self._columns |= self._read_rest(rest)
        return self._columns[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class ColumnSlices(Mapping[str, np.ndarray]):
    """Some rows of a table, column by column: a view, in which a column costs nothing before it is read."""

    def __init__(self, table: Mapping[str, np.ndarray], rows: slice) -> None:
        self._table, self._rows = table, rows

    def __getitem__(self, name: str) -> np.ndarray:
        return self._table[name][self._rows]

    def __contains__(self, name: object) -> bool:
        return name in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


class RowsByKey(Mapping[tuple[str, str], dict[str, Any]]):
    """Rows of a table by two of its columns, each row as column to value. Rows are made when they are asked for."""

    def __init__(self, table: Mapping[str, np.ndarray], first: str, second: str) -> None:
        self._table = table
        self._row_of = {key: row for row, key in enumerate(zip(table[first], table[second]))}

    def __getitem__(self, key: tuple[str, str]) -> dict[str, Any]:
        row = self._row_of[key]
        return {name: column[row] for name, column in self._table.items()}

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._row_of)

    def __len__(self) -> int:
        return len(self._row_of)


@dataclass(frozen=True)
class RunTables:
    """Tables that were read back, with the rows of one or many runs, and the content of every run by its key.

    Parts of a content that several runs have in common are one object. portfolio_names: names that users gave to
    portfolios, by levers and doses; they are not part of a run's content. worth: from what difference on the reader
    holds acting worthwhile, as analysis reads it; "" for the default.
    """

    tables: Mapping[str, Mapping[str, np.ndarray]]
    content: dict[str, dict[str, Any]]
    portfolio_names: Mapping[str, str] = field(default_factory=dict)
    worth: str = ""
    _run_slices: dict[str, dict[str, slice]] = field(default_factory=dict, repr=False)

    def of(self, table: str, run: str) -> Mapping[str, np.ndarray]:
        """The rows of one run, which are contiguous; empty if it has none."""
        if table not in self._run_slices:
            self._run_slices[table] = _find_run_slices(self.tables[table]["run"])
        return ColumnSlices(self.tables[table], self._run_slices[table].get(run, slice(0, 0)))


def _find_run_slices(runs: np.ndarray) -> dict[str, slice]:
    """Run -> the slice of contiguous rows with its key."""
    ends = np.flatnonzero(np.r_[runs[1:] != runs[:-1], True]) + 1 if len(runs) else np.zeros(0, int)
    starts = np.r_[0, ends[:-1]] if len(runs) else ends
    return {str(runs[start]): slice(int(start), int(end)) for start, end in zip(starts, ends)}
