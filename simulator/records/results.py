"""A folder of results as tables: what was asked, what is done, what failed. Readable at any moment, also meanwhile.

    folder/plans/<study>.parquet   what a study asked for: one row per point of the design, arm and seed
    folder/runs/<run>.parquet      one file per run, and
    folder/parts/<hash>.parquet    many runs in one file, after compaction
    folder/failed/<run>.json       a run that could not be played: its error, its trace, its settings
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from .folder import ENDING, Opened, open_runs, view
from .parquet import text
from .schema import RUNS, TABLES

RUNS_FOLDER, PARTS, FAILED, PLANS = "runs", "parts", "failed", "plans"
FAILURE = ("run", "error", "trace", "written", "host")
KEY = ("study", "point", "arm", "run", "seed")
"""Columns that every plan has; the others are the settings that vary, under their own names."""


def files_of(folder: Path) -> list[Path]:
    """Every file that holds runs: single runs first, so that none is missed while others are being compacted."""
    single = sorted(one for one in (folder / RUNS_FOLDER).glob(f"*{ENDING}") if not one.name.startswith("."))
    parts = sorted(one for one in (folder / PARTS).glob(f"*{ENDING}") if not one.name.startswith("."))
    inside = in_parts(parts)
    return [one for one in single if one.stem not in inside] + parts


def in_parts(parts: list[Path]) -> dict[str, Path]:
    """Run to the part file that holds it."""
    if not parts:
        return {}
    listed = ", ".join(text(part) for part in parts)
    rows = duckdb.execute(f"SELECT run, filename FROM read_parquet([{listed}], filename = true)").fetchall()
    return {run: Path(file) for run, file in rows}


def failures(folder: Path) -> Iterator[dict[str, Any]]:
    """What is known of each run that failed, by its key."""
    for file in sorted((folder / FAILED).glob("*.json")):
        try:
            yield json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue  # played since by somebody else


class Results:
    """The tables of a folder as they stand when it is opened: runs, series, groups, neighbourhoods, plan, failures.

    `sql(query)` gives a DuckDB relation, `df(table)` a pandas frame, `arrow(table)` an Arrow table.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).resolve()
        if not any((self.folder / part).is_dir() for part in (RUNS_FOLDER, PARTS, FAILED, PLANS)):
            raise FileNotFoundError(f"{folder}: no results here: expected a folder that holds {RUNS_FOLDER}/; give "
                                    "the last line that a run, a comparison or a study printed")
        self.connection = duckdb.connect(":memory:")
        self.refresh()

    def refresh(self) -> None:
        """Look again: what was played since is in the tables afterwards."""
        self.files = files_of(self.folder)
        for name in TABLES:
            self._view("kept" if name == "runs" else name, view(name, self.files))
        found = list(failures(self.folder))
        self.connection.register("failed", {column: np.array([str(one.get(column, "")) for one in found], object)
                                            for column in FAILURE})
        self._view("failures", "SELECT * FROM failed")
        plans = sorted((self.folder / PLANS).glob(f"*{ENDING}"))
        self._view("plan", _plan(plans))
        self._view("runs", _runs([str(row[0]) for row in self.sql("DESCRIBE plan").fetchall()]) if plans else
                   "SELECT 'done' AS status, '' AS error, * EXCLUDE (content) FROM kept")

    def _view(self, name: str, query: str) -> None:
        self.connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS {query}')

    def sql(self, query: str) -> Any:
        """A DuckDB relation over the tables."""
        return self.connection.sql(query)

    def shut(self) -> None:
        """From here on no query reads a file outside the folder, nor any other setting of the connection is changed."""
        self.connection.execute(f"SET allowed_directories = [{text(self.folder.resolve())}]")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")

    def table(self, name: str = "runs") -> Any:
        """One whole table as a DuckDB relation. KeyError if there is none of that name."""
        if name not in self.names():
            raise KeyError(f"no table {name!r}: expected one of {', '.join(self.names())}")
        return self.sql(f'SELECT * FROM "{name}"')

    def df(self, name: str = "runs") -> Any:
        """One whole table as a pandas frame."""
        return self.table(name).df()

    def arrow(self, name: str = "runs") -> Any:
        """One whole table as an Arrow table; needs pyarrow."""
        return self.table(name).to_arrow_table()

    def names(self) -> tuple[str, ...]:
        """Names of the tables."""
        return (*TABLES, "plan", "failures", "kept")

    def opened(self, runs: list[str] | None = None) -> Opened:
        """The records of these runs (of all that are kept) as columns in memory, for analysis."""
        if runs is None:
            return open_runs(self.files)
        wanted, parts = set(runs), [file for file in self.files if file.parent.name == PARTS]
        inside = {run for run in in_parts(parts) if run in wanted}
        single = [file for file in self.files if file.stem in wanted]
        return open_runs(single + (parts if inside else []), runs)

    def count(self) -> dict[str, int]:
        """How many runs are done, failed, missing."""
        found = dict(self.sql("SELECT status, count(*) FROM runs GROUP BY status").fetchall())
        return {status: int(found.get(status, 0)) for status in ("done", "failed", "missing")}


def _plan(plans: list[Path]) -> str:
    if not plans:
        return "SELECT '' AS study, 0 AS point, '' AS arm, '' AS run, 0 AS seed WHERE false"
    return f"SELECT * FROM read_parquet([{', '.join(text(plan) for plan in plans)}], union_by_name = true)"


def _runs(plan: list[str]) -> str:
    """One row per run that was asked for: its place in the design, its state, and its row of the runs table."""
    told = ", ".join(f'asked."{column}"' for column in plan)
    rest = ", ".join(f'kept."{column}"' for column in RUNS if column not in plan)
    once = "SELECT * FROM plan QUALIFY row_number() OVER (PARTITION BY run ORDER BY study, point, arm) = 1"
    return (f"SELECT CASE WHEN kept.run IS NOT NULL THEN 'done' WHEN failures.run IS NOT NULL THEN 'failed' "
            f"ELSE 'missing' END AS status, coalesce(failures.error, '') AS error, {told}, {rest} "
            f"FROM ({once}) AS asked LEFT JOIN kept ON kept.run = asked.run "
            f"LEFT JOIN failures ON failures.run = asked.run")


def open(folder: Path | str) -> Results:
    """The results of a folder: `.sql(query)`, `.df("runs")`, `.arrow("series")`. FileNotFoundError if it has none."""
    return Results(folder)
