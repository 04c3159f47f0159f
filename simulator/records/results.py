"""A folder of results as tables: what was planned, what is done, what failed. Readable while runs are being played.

    folder/plans/<study>.parquet   the plan of a study: one row per point of the design, arm and seed
    folder/runs/<run>.parquet      one file per run, and
    folder/parts/<hash>.parquet    many runs in one file, after compaction
    folder/failed/<run>.json       a run that failed: its error, traceback and settings
"""

from __future__ import annotations

import json
import os
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import numpy as np

from ..i18n.translation import Message
from .files.arrow_table import describe_columns
from .files.folder_check import FAILED_FOLDER, LOG_FOLDER, PARTS_FOLDER, PLANS_FOLDER, RUNS_FOLDER, list_sound_files
from .files.parquet import quote_sql
from .files.run_files import RunTables, build_table_query, check_schema_version, load_runs
from .run_tables import SERIES_READ_FIRST, ColumnsOnDemand
from .schema import RUNS_SCHEMA, SERIES_SCHEMA, TABLE_SCHEMAS

FAILURE_COLUMNS = ("run", "error", "trace", "written", "host")


def list_run_files(folder: Path) -> list[Path]:
    """Every file of runs: single runs first, so that none is missed while others are being compacted."""
    single, parts = list_sound_files(folder, RUNS_FOLDER), list_sound_files(folder, PARTS_FOLDER)
    compacted = index_part_files(parts)
    return [file for file in single if file.stem not in compacted] + parts


def index_part_files(parts: list[Path]) -> dict[str, Path]:
    """Run -> the part file that holds it."""
    if not parts:
        return {}
    listed = ", ".join(quote_sql(part) for part in parts)
    rows = duckdb.execute(f"SELECT run, filename FROM read_parquet([{listed}], filename = true)").fetchall()
    return {run: Path(file) for run, file in rows}


def read_failures(folder: Path) -> Iterator[dict[str, Any]]:
    """The content of each file of a failed run, in the order of keys."""
    for file in list_sound_files(folder, FAILED_FOLDER):
        try:
            yield json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue  # another process has played it since


def read_log_entries(folder: Path) -> list[dict[str, Any]]:
    """Every line of the log: which process played which run, when and with which versions."""
    lines = [line for file in list_sound_files(folder, LOG_FOLDER) for line in file.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


class Results:
    """The tables of a folder, as of the last `refresh`: those of TABLE_SCHEMAS, and plan, failures, kept.

    runs: one row per planned run with its status (done, failed, missing); kept: the runs that are stored.
    `sql(query)` gives a DuckDB relation, `df(table)` or `results[table]` a pandas frame, `arrow(table)` an Arrow table,
    `polars(table)` a Polars frame.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).resolve()
        parts = (RUNS_FOLDER, PARTS_FOLDER, FAILED_FOLDER, PLANS_FOLDER)
        if not any(os.path.isdir(self.folder / part) for part in parts):
            raise FileNotFoundError(Message("{folder}: no results here: expected a folder that holds {runs}/; give the "
                                            "last line that a run, a comparison or a study printed", folder=folder,
                                            runs=RUNS_FOLDER))
        self.connection = duckdb.connect(":memory:")
        self._checked: set[Path] = set()
        self._series: Callable[[], ColumnsOnDemand | None] = lambda: None
        self._series_runs: set[str] = set()
        self.refresh()

    def read_content(self, run_id: str) -> dict[str, Any]:
        """The settings that the outcome of a stored run depends on."""
        (content,), = self.sql(f"SELECT content FROM kept WHERE run = {quote_sql(run_id)}").fetchall()
        plain: dict[str, Any] = json.loads(content)
        return plain

    def refresh(self) -> None:
        """Read the folder again, so that the tables include what has been played since.

        A damaged or foreign file is set aside, with a line on stderr.
        """
        self.files = list_run_files(self.folder)
        check_schema_version([file for file in self.files if file not in self._checked])
        self._checked.update(self.files)
        for name in TABLE_SCHEMAS:
            self._view("kept" if name == "runs" else name, build_table_query(name, self.files))
        failures = list(read_failures(self.folder))
        self.connection.register("failed", {column: np.array([str(failure.get(column, "")) for failure in failures],
                                                             object) for column in FAILURE_COLUMNS})
        self._view("failures", "SELECT * FROM failed")
        list_sound_files(self.folder, LOG_FOLDER)
        plans = list_sound_files(self.folder, PLANS_FOLDER)
        self._view("plan", _build_plan_query(plans))
        query = "SELECT 'done' AS status, '' AS error, * EXCLUDE (content) FROM kept"
        if plans:
            query = _build_runs_query([str(row[0]) for row in self.sql("DESCRIBE plan").fetchall()])
        self._view("runs", query)

    def _view(self, name: str, query: str) -> None:
        self.connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS {query}')

    def sql(self, query: str) -> Any:
        """A DuckDB relation over the tables."""
        return self.connection.sql(query)

    def restrict_access(self) -> None:
        """From now on, no query can read a file outside the folder or change a setting of the connection."""
        self.connection.execute(f"SET allowed_directories = [{quote_sql(self.folder.resolve())}]")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")

    def table(self, name: str = "runs") -> Any:
        """One whole table as a DuckDB relation. KeyError if there is none of that name."""
        if name not in self.table_names():
            raise KeyError(Message("no table {name!r}: expected one of {known}", name=name, known=self.table_names()))
        return self.sql(f'SELECT * FROM "{name}"')

    def df(self, name: str = "runs") -> Any:
        """One whole table as a pandas frame."""
        return self.table(name).df()

    def arrow(self, name: str = "runs") -> Any:
        """One whole table as an Arrow table, its units and meanings in the schema; needs pyarrow."""
        return describe_columns(self.table(name).to_arrow_table(), TABLE_SCHEMAS.get(name, {}))

    def polars(self, name: str = "runs") -> Any:
        """One whole table as a Polars frame; needs polars and pyarrow."""
        return self.table(name).pl()

    def __getitem__(self, name: str) -> Any:
        return self.df(name)

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {status}" for status, number in self.count().items())
        return f"<Results {self.folder}: {counts}; tables {', '.join(self.table_names())}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; nothing can be read afterwards."""
        self.connection.close()

    def table_names(self) -> tuple[str, ...]:
        """Names of the tables."""
        return (*TABLE_SCHEMAS, "plan", "failures", "kept")

    def opened(self, runs: list[str] | None = None) -> RunTables:
        """The tables of these runs (None: of all that are stored) as columns in memory, for analysis.

        Most series stay in their files until one of them is asked for. Tables of the same runs that are still in use
        share their series, whose runs are then in the order of the earlier ones: `RunTables.of` finds each run's.
        """
        shared = self._series() if runs is not None and self._series_runs == set(runs) else None
        names = tuple(name for name in TABLE_SCHEMAS if shared is None or name != "series")
        opened = load_runs(self._list_files_of(runs), runs, names, {"series": SERIES_READ_FIRST})
        ordered = [str(run) for run in opened.tables["runs"]["run"]]
        series = self._open_series(opened.tables["series"], ordered) if shared is None else shared
        return replace(opened, tables={name: series if name == "series" else opened.tables[name]
                                       for name in TABLE_SCHEMAS})

    def _open_series(self, first: Mapping[str, np.ndarray], ordered: list[str]) -> ColumnsOnDemand:
        """The series of runs, of which `first` were read; the others are read when one of them is asked for."""

        def read_rest(columns: tuple[str, ...]) -> Mapping[str, np.ndarray]:
            if not all(file.is_file() for file in self.files):
                self.files = list_run_files(self.folder)
            rest = load_runs(self._list_files_of(ordered), ordered, ("runs", "series"), {"series": ("run", *columns)})
            return rest.tables["series"]

        series = ColumnsOnDemand(tuple(SERIES_SCHEMA), first, read_rest)
        self._series, self._series_runs = weakref.ref(series), set(ordered)
        return series

    def _list_files_of(self, runs: list[str] | None) -> list[Path]:
        """The files that hold these runs; None: all."""
        if runs is None:
            return self.files
        selected, parts = set(runs), [file for file in self.files if file.parent.name == PARTS_FOLDER]
        compacted = selected & set(index_part_files(parts))
        return [file for file in self.files if file.stem in selected] + (parts if compacted else [])

    def count(self) -> dict[str, int]:
        """Status (done, failed, missing) -> number of runs."""
        counts = dict(self.sql("SELECT status, count(*) FROM runs GROUP BY status").fetchall())
        return {status: int(counts.get(status, 0)) for status in ("done", "failed", "missing")}


def _build_plan_query(plans: list[Path]) -> str:
    if not plans:
        return "SELECT '' AS study, 0 AS point, '' AS arm, '' AS run, 0 AS seed WHERE false"
    return f"SELECT * FROM read_parquet([{', '.join(quote_sql(plan) for plan in plans)}], union_by_name = true)"


def _build_runs_query(plan: list[str]) -> str:
    """SQL for one row per planned run: its status, its place in the design, and its row of the runs table."""
    plan_columns = ", ".join(f'planned."{column}"' for column in plan)
    rest = ", ".join(f'kept."{column}"' for column in RUNS_SCHEMA if column not in plan)
    once = "SELECT * FROM plan QUALIFY row_number() OVER (PARTITION BY run ORDER BY study, point, arm) = 1"
    return (f"SELECT CASE WHEN kept.run IS NOT NULL THEN 'done' WHEN failures.run IS NOT NULL THEN 'failed' "
            f"ELSE 'missing' END AS status, coalesce(failures.error, '') AS error, {plan_columns}, {rest} "
            f"FROM ({once}) AS planned LEFT JOIN kept ON kept.run = planned.run "
            f"LEFT JOIN failures ON failures.run = planned.run")


def open(folder: Path | str) -> Results:
    """The results of a folder: `.sql(query)`, `.df("runs")`, `.arrow("series")`.

    FileNotFoundError if it has none, ValueError if another version wrote them.
    """
    return Results(folder)
