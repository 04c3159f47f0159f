"""One file per run: a row of the runs table that holds the run's other tables as nested lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..i18n.translation import Message
from .checksum import OlderVersionError as OlderVersionError
from .parquet import check_named_file, connect_duckdb, fill_masked, quote_sql, write_query
from .schema import SCHEMA_VERSION, TABLE_SCHEMAS

if TYPE_CHECKING:
    from .record import Record

RUN_FILE_SUFFIX = ".parquet"
NESTED_TABLES = tuple(name for name in TABLE_SCHEMAS if name != "runs")
"""Tables nested in the run's row, as lists of rows."""
FILES_PER_BATCH = 500
"""Files read at a time; while they are read, their tables are in memory twice."""
SQL_TYPES = {"str": "VARCHAR", "int64": "BIGINT", "float64": "DOUBLE", "date": "DATE"}


def save_record(record: Record, file: Path, metadata: Mapping[str, str] | None = None) -> Path:
    """Write a finished record as `file` and return its path. An existing file is left unchanged.

    The file holds no clock time and no host: the same run and version give the same bytes. metadata: of a stored file
    to be compared with, in place of what says which version wrote this one. ValueError if the record is not
    finished or was changed by hand, OSError from the disk; then no file is left.
    """
    file = Path(file)
    if record.changes:
        raise ValueError(Message("run {run}: changed by hand ({what}), which its id does not tell: it cannot be "
                                 "stored; keep record.tables yourself", run=record.run_id,
                                 what=tuple(dict.fromkeys(record.changes))))
    if not record.tables:
        raise ValueError(Message("run {run}: finish the record before saving it", run=record.run_id))
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        query, tables = _build_write_query(record), _prepare_tables(record)
        own = {**build_file_metadata("run"), "run": record.run_id}
        write_query(file, query, tables, {**own, **(metadata or {})}, skip_optimizer=True)
    return file


def build_file_metadata(kind: str) -> dict[str, str]:
    """Key-value metadata of every file of results. kind: run, part, plan or effects."""
    return {"schema_version": str(SCHEMA_VERSION), "kind": kind}


def serialise_content(record: Record) -> str:
    """Everything that the run's outcome depends on, as JSON."""
    return json.dumps(record.content, sort_keys=True, ensure_ascii=True, default=str)


def _prepare_tables(record: Record) -> dict[str, dict[str, np.ndarray]]:
    """The record's tables for DuckDB: nested ones without the run's key, but with the order of their rows (at)."""
    tables = {"runs": {**record.tables["runs"], "content": np.array([serialise_content(record)], object)}}
    for name in NESTED_TABLES:
        rows = record.tables[name]
        tables[name] = {**{column: values for column, values in rows.items() if column != "run"},
                        "at": np.arange(len(rows["run"]))}
    return tables


def _build_write_query(record: Record) -> str:
    nested = []
    for name in NESTED_TABLES:
        fields = ", ".join(f'"{column}": "{column}"' for column in record.tables[name] if column != "run")
        rows = f'SELECT {_list_typed_columns(name)}, "at" FROM "{name}"'
        nested.append(f'(SELECT list({{{fields}}} ORDER BY "at") FROM ({rows})) AS "{name}"')
    return f'SELECT *, {", ".join(nested)} FROM "runs"'


def _list_typed_columns(name: str) -> str:
    """The columns of a nested table cast to their declared types, so that an empty table has the same types."""
    return ", ".join(f'CAST("{column}" AS {SQL_TYPES[spec.dtype]}) AS "{column}"'
                     for column, spec in TABLE_SCHEMAS[name].items() if column != "run")


def build_table_query(name: str, files: list[Path]) -> str:
    """SQL that reads one table from files of runs; an empty table with the same columns when there is no file."""
    columns = TABLE_SCHEMAS[name]
    if not files:
        typed = ", ".join(f'CAST(NULL AS {SQL_TYPES[spec.dtype]}) AS "{column}"' for column, spec in columns.items())
        more = ", CAST(NULL AS VARCHAR) AS content" if name == "runs" else ""
        return f"SELECT {typed}{more} WHERE false"
    return _build_select_query(name, _build_source_clause(files))


def _build_source_clause(files: list[Path]) -> str:
    return f"read_parquet([{', '.join(quote_sql(file) for file in files)}])"


def _build_select_query(name: str, source: str) -> str:
    """SQL that reads one table from rows of runs in which the others are nested."""
    columns = TABLE_SCHEMAS[name]
    if name == "runs":
        return f"SELECT {', '.join(_quote_columns(columns))}, content FROM {source}"
    inner = ", ".join(f"row.{column}" for column in _quote_columns(columns) if column != '"run"')
    return f'SELECT run, {inner} FROM (SELECT run, unnest("{name}") AS row FROM {source})'


def _quote_columns(columns: Any) -> list[str]:
    return [f'"{column}"' for column in columns]


@dataclass(frozen=True)
class RunTables:
    """Tables that were read back, with the rows of one or many runs, and the content of every run by its key.

    portfolio_names: names that users gave to portfolios, by levers and doses; they are not part of a run's content.
    worth: from what difference on the reader holds acting worthwhile, as analysis reads it; "" for the default.
    """

    tables: dict[str, dict[str, np.ndarray]]
    content: dict[str, dict[str, Any]]
    portfolio_names: Mapping[str, str] = field(default_factory=dict)
    worth: str = ""
    _run_slices: dict[str, dict[str, slice]] = field(default_factory=dict, repr=False)

    def of(self, table: str, run: str) -> dict[str, np.ndarray]:
        """The rows of one run, which are contiguous; empty if it has none."""
        if table not in self._run_slices:
            self._run_slices[table] = _find_run_slices(self.tables[table]["run"])
        rows = self._run_slices[table].get(run, slice(0, 0))
        return {name: values[rows] for name, values in self.tables[table].items()}


def _find_run_slices(runs: np.ndarray) -> dict[str, slice]:
    """Run -> the slice of contiguous rows with its key."""
    ends = np.flatnonzero(np.r_[runs[1:] != runs[:-1], True]) + 1 if len(runs) else np.zeros(0, int)
    starts = np.r_[0, ends[:-1]] if len(runs) else ends
    return {str(runs[start]): slice(int(start), int(end)) for start, end in zip(starts, ends)}


def load_runs(files: list[Path], runs: list[str] | None = None,
              names: Sequence[str] = tuple(TABLE_SCHEMAS)) -> RunTables:
    """Read all runs of these files, in the order of the files, or only those named in `runs`, in that order.

    names: the tables to read, "runs" among them; fewer tables are read faster. FileNotFoundError for a missing file,
    ValueError for another schema version or a file whose checksum does not fit.
    """
    for file in files:
        if not Path(file).is_file():
            raise FileNotFoundError(Message("{file}: no run here (expected a Parquet file)", file=file))
    connection = connect_duckdb()
    try:
        _check_schema_version(connection, files)
        if runs is not None:
            connection.register("selected", {"run": np.array(runs, object), "position": np.arange(len(runs))})
        if runs is None and files:
            batches = [_load_batch(connection, files[k:k + FILES_PER_BATCH], names)
                       for k in range(0, len(files), FILES_PER_BATCH)]
            tables = batches[0] if len(batches) == 1 else {name: _concatenate(batches, name) for name in names}
        else:
            tables = {name: _fetch(connection, build_table_query(name, files), runs is not None) for name in names}
    finally:
        connection.close()
    texts = tables["runs"].pop("content")
    return RunTables(tables, {str(run): json.loads(text) for run, text in zip(tables["runs"]["run"], texts)})


def _load_batch(connection: Any, files: list[Path], names: Sequence[str]) -> dict[str, dict[str, np.ndarray]]:
    """The tables of these files; each file is read once rather than once for each table."""
    columns = [*_quote_columns(TABLE_SCHEMAS["runs"]), "content", *(f'"{name}"' for name in names if name != "runs")]
    query = f"SELECT {', '.join(columns)} FROM {_build_source_clause(files)}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE batch AS {query}")
    tables = {name: _fetch(connection, _build_select_query(name, "batch"), False) for name in names}
    connection.execute("DROP TABLE batch")
    return tables


def _concatenate(batches: list[dict[str, dict[str, np.ndarray]]], name: str) -> dict[str, np.ndarray]:
    """One table of several batches."""
    return {column: np.concatenate([batch[name][column] for batch in batches]) for column in batches[0][name]}


def _fetch(connection: Any, query: str, selected: bool) -> dict[str, np.ndarray]:
    """The columns that a query gives; with selected, only for the runs of the table `selected`, in its order."""
    if selected:
        query = (f"SELECT found.* FROM (SELECT *, row_number() OVER () AS at FROM ({query})) AS found "
                 "JOIN selected USING (run) ORDER BY selected.position, found.at")
    columns = connection.execute(query).fetchnumpy()
    return {name: fill_masked(values) for name, values in columns.items() if not (selected and name == "at")}


def check_schema_version(files: list[Path]) -> None:
    """ValueError for the first file that is damaged or has another schema version. One query for all files."""
    connection = connect_duckdb()
    try:
        _check_schema_version(connection, files)
    finally:
        connection.close()


def _check_schema_version(connection: Any, files: list[Path]) -> None:
    for file in files:
        check_named_file(Path(file))
    names = [str(file) for file in files]
    query = "SELECT file_name, decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'schema_version'"
    versions = dict(connection.execute(query, [names]).fetchall()) if names else {}
    for name in names:
        found = versions.get(name, "?")
        if found != str(SCHEMA_VERSION):
            raise ValueError(Message("{file}: tables of schema {found}, expected {expected}", file=name, found=found,
                                     expected=SCHEMA_VERSION))


def combine_records(records: list[Record]) -> RunTables:
    """The tables of finished records as `load_runs` would return them, for results that are not stored."""
    tables = {name: {column: np.concatenate([record.tables[name][column] for record in records]) for column in fields}
              for name, fields in TABLE_SCHEMAS.items()}
    return RunTables(tables, {record.run_id: record.content for record in records})
