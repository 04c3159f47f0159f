"""One file per run: a row of the runs table with the run's other tables inside it. There whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .parquet import connect, plain, text, write_query
from .schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from .record import Record

ENDING = ".parquet"
INNER = tuple(name for name in TABLES if name != "runs")
"""Tables that stand inside the run's row, as lists of rows."""
AT_ONCE = 500
"""Files whose tables are in memory twice while they are read."""
TYPES = {"str": "VARCHAR", "int64": "BIGINT", "float64": "DOUBLE", "date": "DATE"}


def save(record: Record, file: Path) -> Path:
    """Write a finished record as `file`. A file that is there already is left alone.

    Nothing that a repeat would change is in it, neither clock times nor hosts: the same run gives the same bytes.
    ValueError if the record was not finished, OSError when the disk refuses; then nothing is left.
    """
    file = Path(file)
    if not record.tables:
        raise ValueError(f"run {record.run_id}: finish the record before saving it")
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_query(file, _query(record), _numbered(record), metadata(), as_it_stands=True)
    return file


def metadata() -> dict[str, str]:
    """What every file of runs says of itself."""
    return {"schema_version": str(SCHEMA_VERSION)}


def content_text(record: Record) -> str:
    """All that the run's outcome depends on, as JSON."""
    return json.dumps(record.content, sort_keys=True, ensure_ascii=True, default=str)


def _numbered(record: Record) -> dict[str, dict[str, np.ndarray]]:
    """The record's tables as they are handed to DuckDB: inner ones without the run's key, but with their order."""
    tables = {"runs": {**record.tables["runs"], "content": np.array([content_text(record)], object)}}
    for name in INNER:
        rows = record.tables[name]
        tables[name] = {**{k: v for k, v in rows.items() if k != "run"}, "at": np.arange(len(rows["run"]))}
    return tables


def _query(record: Record) -> str:
    inner = []
    for name in INNER:
        columns = {k: v for k, v in record.tables[name].items() if k != "run"}
        fields = ", ".join(f'"{k}": "{k}"' for k in columns)
        inner.append(f'(SELECT list({{{fields}}} ORDER BY "at") FROM (SELECT {_typed(name)}, "at" FROM "{name}")) '
                     f'AS "{name}"')
    return f'SELECT *, {", ".join(inner)} FROM "runs"'


def _typed(name: str) -> str:
    """The columns of an inner table in their declared types, so that an empty table reads like a full one."""
    return ", ".join(f'CAST("{column}" AS {TYPES[one.dtype]}) AS "{column}"' for column, one in TABLES[name].items()
                     if column != "run")


def view(name: str, files: list[Path]) -> str:
    """SQL that reads one table out of files of runs; an empty table of the same columns when there is no file."""
    columns = TABLES[name]
    if not files:
        typed = ", ".join(f'CAST(NULL AS {TYPES[f.dtype]}) AS "{c}"' for c, f in columns.items())
        more = ", CAST(NULL AS VARCHAR) AS content" if name == "runs" else ""
        return f"SELECT {typed}{more} WHERE false"
    return _selected(name, _source(files))


def _source(files: list[Path]) -> str:
    return f"read_parquet([{', '.join(text(file) for file in files)}])"


def _selected(name: str, source: str) -> str:
    """One table out of rows of runs that hold the others."""
    columns = TABLES[name]
    if name == "runs":
        return f"SELECT {', '.join(_quoted(columns))}, content FROM {source}"
    inner = ", ".join(f"row.{column}" for column in _quoted(columns) if column != '"run"')
    return f'SELECT run, {inner} FROM (SELECT run, unnest("{name}") AS row FROM {source})'


def _quoted(columns: Any) -> list[str]:
    return [f'"{column}"' for column in columns]


@dataclass(frozen=True)
class Opened:
    """Tables read back, one or many runs in each, and the content of every run by its key.

    names: of portfolios that somebody named, by their levers and doses; a name is no part of what a run depends on.
    """

    tables: dict[str, dict[str, np.ndarray]]
    content: dict[str, dict[str, Any]]
    names: Mapping[str, str] = field(default_factory=dict)
    _where: dict[str, dict[str, slice]] = field(default_factory=dict, repr=False)

    def of(self, table: str, run: str) -> dict[str, np.ndarray]:
        """The rows of one run, which stand together. Empty if it has none."""
        if table not in self._where:
            self._where[table] = _stretches(self.tables[table]["run"])
        rows = self._where[table].get(run, slice(0, 0))
        return {name: values[rows] for name, values in self.tables[table].items()}


def _stretches(runs: np.ndarray) -> dict[str, slice]:
    """Run to the stretch of rows that carries its key."""
    ends = np.flatnonzero(np.r_[runs[1:] != runs[:-1], True]) + 1 if len(runs) else np.zeros(0, int)
    begins = np.r_[0, ends[:-1]] if len(runs) else ends
    return {str(runs[low]): slice(int(low), int(high)) for low, high in zip(begins, ends)}


def open_runs(files: list[Path], runs: list[str] | None = None, names: Sequence[str] = tuple(TABLES)) -> Opened:
    """Read the runs of these files, in the order given, or those of them named in `runs`, in that order.

    names: the tables to read, "runs" among them; the fewer, the sooner they are there.
    FileNotFoundError if a file is not there, ValueError for another schema version.
    """
    for file in files:
        if not Path(file).is_file():
            raise FileNotFoundError(f"{file}: no run here (expected a Parquet file)")
    connection = connect()
    try:
        _same_schema(connection, files)
        if runs is not None:
            connection.register("wanted", {"run": np.array(runs, object), "place": np.arange(len(runs))})
        if runs is None and files:
            parts = [_at_once(connection, files[k:k + AT_ONCE], names) for k in range(0, len(files), AT_ONCE)]
            tables = parts[0] if len(parts) == 1 else {name: {column: np.concatenate([
                part[name][column] for part in parts]) for column in parts[0][name]} for name in names}
        else:
            tables = {name: _fetch(connection, view(name, files), runs is not None) for name in names}
    finally:
        connection.close()
    texts = tables["runs"].pop("content")
    return Opened(tables, {str(run): json.loads(told) for run, told in zip(tables["runs"]["run"], texts)})


def _at_once(connection: Any, files: list[Path], names: Sequence[str]) -> dict[str, dict[str, np.ndarray]]:
    """Tables of these files, each file read once rather than once a table."""
    columns = [*_quoted(TABLES["runs"]), "content", *(f'"{name}"' for name in names if name != "runs")]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE held AS SELECT {', '.join(columns)} FROM {_source(files)}")
    tables = {name: _fetch(connection, _selected(name, "held"), False) for name in names}
    connection.execute("DROP TABLE held")
    return tables


def _fetch(connection: Any, query: str, wanted: bool) -> dict[str, np.ndarray]:
    if wanted:
        query = (f"SELECT found.* FROM (SELECT *, row_number() OVER () AS at FROM ({query})) AS found "
                 "JOIN wanted USING (run) ORDER BY wanted.place, found.at")
    columns = connection.execute(query).fetchnumpy()
    return {name: plain(values) for name, values in columns.items() if not (wanted and name == "at")}


def _same_schema(connection: Any, files: list[Path]) -> None:
    """ValueError for the first file whose tables have another version. One question for all files."""
    names = [str(file) for file in files]
    known = dict(connection.execute("SELECT file_name, decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = "
                                    "'schema_version'", [names]).fetchall()) if names else {}
    for name in names:
        found = known.get(name, "?")
        if found != str(SCHEMA_VERSION):
            raise ValueError(f"{name}: tables of version {found}, expected {SCHEMA_VERSION}")


def opened(records: list[Record]) -> Opened:
    """Finished records as if read back, for results that are shown without being kept."""
    tables = {name: {column: np.concatenate([record.tables[name][column] for record in records]) for column in fields}
              for name, fields in TABLES.items()}
    return Opened(tables, {record.run_id: record.content for record in records})
