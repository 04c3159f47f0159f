"""One file per run: a row of the runs table that holds the run's other tables as nested lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...i18n.translation import Message
from ..column_spec import NO_UNIT
from ..run_tables import RunTables as RunTables
from ..schema import SCHEMA_VERSION, TABLE_SCHEMAS
from .checksum import OlderVersionError as OlderVersionError
from .parquet import check_named_file, connect_duckdb, fill_masked, open_database, quote_sql, write_query

if TYPE_CHECKING:
    from ..record import Record

RUN_FILE_SUFFIX = ".parquet"
UNITS_KEY = "units"
"""Key of a file's metadata under which the units of its columns stand."""
NESTED_TABLES = tuple(name for name in TABLE_SCHEMAS if name != "runs")
"""Tables nested in the run's row, as lists of rows."""
BATCH_BYTES = 6_000_000
"""Size of the files read at a time: some fifty runs. In memory they take twenty times as much while they are read."""
SQL_TYPES = {"str": "VARCHAR", "int64": "BIGINT", "float64": "DOUBLE", "date": "DATE"}
NUMERIC_TYPES = {"int64": np.dtype(np.int64), "float64": np.dtype(np.float64)}
"""Types of arrays that DuckDB stores as declared without being told."""


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
        held = [name for name, rows in record.tables.items() if len(rows["run"])]
        own = {**build_file_metadata("run"), "run": record.run_id}
        if not metadata or UNITS_KEY in metadata:  # files that 1.0.0 wrote first have none
            own[UNITS_KEY] = format_units(held)
        write_query(file, query, tables, {**own, **(metadata or {})}, skip_optimizer=True)
    return file


@cache
def _format_table_units(name: str) -> str:
    return json.dumps({column: spec.unit for column, spec in TABLE_SCHEMAS[name].items() if spec.unit != NO_UNIT},
                      separators=(",", ":"))


def format_units(names: Iterable[str] = tuple(TABLE_SCHEMAS)) -> str:
    """The units of tables as JSON for a file's metadata: table to column to unit, without columns that have none."""
    return f"{{{','.join(f'{json.dumps(name)}:{_format_table_units(name)}' for name in names)}}}"


def build_file_metadata(kind: str) -> dict[str, str]:
    """Key-value metadata of every file of results. kind: run, part, plan or effects."""
    return {"schema_version": str(SCHEMA_VERSION), "kind": kind}


def serialise_content(record: Record) -> str:
    """Everything that the run's outcome depends on, as JSON."""
    return json.dumps(record.content, sort_keys=True, ensure_ascii=True, default=str)


def _prepare_tables(record: Record) -> dict[str, dict[str, np.ndarray]]:
    """The record's tables for DuckDB: nested ones without the run's key."""
    tables = {"runs": {**record.tables["runs"], "content": np.array([serialise_content(record)], object)}}
    for name in NESTED_TABLES:
        tables[name] = {column: values for column, values in record.tables[name].items() if column != "run"}
    return tables


def _build_write_query(record: Record) -> str:
    """The run's row with every other table as a list of rows, in their order: the database has one thread and keeps it.

    A table's rows are named as a whole, because DuckDB takes longer to bind hundreds of columns than to write them.
    """
    nested = (f'(SELECT list(nested) FROM ({_select_typed_rows(name, record.tables[name])}) AS nested) AS "{name}"'
              for name in NESTED_TABLES)
    return f'SELECT *, {", ".join(nested)} FROM "runs"'


def _select_typed_rows(name: str, table: Mapping[str, np.ndarray]) -> str:
    """A nested table with its declared types: columns whose array does not tell theirs (text, dates, none) are cast."""
    casts = ", ".join(f'CAST("{column}" AS {SQL_TYPES[spec.dtype]}) AS "{column}"'
                      for column, spec in TABLE_SCHEMAS[name].items()
                      if column != "run" and table[column].dtype != NUMERIC_TYPES.get(spec.dtype))
    return f'SELECT * REPLACE ({casts}) FROM "{name}"' if casts else f'FROM "{name}"'


def build_table_query(name: str, files: list[Path], columns: Sequence[str] = ()) -> str:
    """SQL that reads one table from files of runs; an empty table with the same columns when there is no file.

    columns: those to read; without any, all.
    """
    columns = columns or tuple(TABLE_SCHEMAS[name])
    if not files:
        typed = ", ".join(f'CAST(NULL AS {SQL_TYPES[TABLE_SCHEMAS[name][column].dtype]}) AS "{column}"'
                          for column in columns)
        more = ", CAST(NULL AS VARCHAR) AS content" if name == "runs" else ""
        return f"SELECT {typed}{more} WHERE false"
    return _build_select_query(name, _build_source_clause(files), columns)


def _build_source_clause(files: list[Path]) -> str:
    return f"read_parquet([{', '.join(quote_sql(file) for file in files)}])"


def _build_select_query(name: str, source: str, columns: Sequence[str]) -> str:
    """SQL that reads columns of one table from rows of runs in which the others are nested."""
    if name == "runs":
        return f"SELECT {', '.join(_quote_columns(columns))}, content FROM {source}"
    inner = ", ".join(f"row.{column}" for column in _quote_columns(columns) if column != '"run"')
    return f'SELECT run, {inner} FROM (SELECT run, unnest("{name}") AS row FROM {source})'


def _quote_columns(columns: Any) -> list[str]:
    return [f'"{column}"' for column in columns]


def load_runs(files: list[Path], runs: list[str] | None = None, names: Sequence[str] = tuple(TABLE_SCHEMAS),
              columns: Mapping[str, Sequence[str]] | None = None) -> RunTables:
    """Read all runs of these files, in the order of the files, or only those named in `runs`, each once, in that order.

    names: the tables to read, "runs" among them; fewer tables are read faster. columns: of a nested table, those to
    read, "run" among them; without an entry all. FileNotFoundError for a missing file, ValueError for another schema
    version or a file whose checksum does not fit.
    """
    for file in files:
        if not Path(file).is_file():
            raise FileNotFoundError(Message("{file}: no run here (expected a Parquet file)", file=file))
    check_schema_version(files)
    wanted = {name: tuple((columns or {}).get(name, TABLE_SCHEMAS[name])) for name in names}
    batches = [_load_batch(batch, wanted, runs) for batch in _split_by_size(files)]
    tables = {name: _concatenate(batches, name) for name in names}
    if runs is not None:
        position = {run: at for at, run in enumerate(runs)}
        tables = {name: _sort_runs(table, position) for name, table in tables.items()}
    texts = tables["runs"].pop("content")
    return RunTables(tables, _parse_contents(tables["runs"]["run"], texts))


def _split_by_size(files: list[Path]) -> list[list[Path]]:
    """The files in their order, in batches of about BATCH_BYTES; one empty batch where there is no file."""
    batches: list[list[Path]] = [[]]
    size = 0
    for file in files:
        if size > BATCH_BYTES:
            batches, size = [*batches, []], 0
        batches[-1].append(file)
        size += Path(file).stat().st_size
    return batches


def _load_batch(files: list[Path], wanted: Mapping[str, Sequence[str]],
                runs: list[str] | None) -> dict[str, dict[str, np.ndarray]]:
    """Columns of these files, table by table; each file is read once rather than once for each table.

    A database of its own, since DuckDB keeps memory of every file it has read until the database is closed.
    """
    if not files:
        return {name: _fetch(connect_duckdb(), build_table_query(name, files, columns))
                for name, columns in wanted.items()}
    rows = [*_quote_columns(wanted["runs"]), "content", *(f'"{name}"' for name in wanted if name != "runs")]
    query = f"SELECT {', '.join(rows)} FROM {_build_source_clause(files)}"
    with open_database() as connection:
        if runs is not None:
            connection.register("selected", {"run": np.array(runs, object)})
            query += " WHERE run IN (SELECT run FROM selected)"
        connection.execute(f"CREATE TEMP TABLE batch AS {query}")
        return {name: _fetch(connection, _build_select_query(name, "batch", columns))
                for name, columns in wanted.items()}


def _concatenate(batches: list[dict[str, dict[str, np.ndarray]]], name: str) -> dict[str, np.ndarray]:
    """One table of several batches, which lose it, so that it is in memory once."""
    columns, texts = tuple(batches[0][name]), dict[str, str]()
    return {column: _share_texts(np.concatenate([batch[name].pop(column) for batch in batches]), texts)
            for column in columns}


def _share_texts(values: np.ndarray, texts: dict[str, str]) -> np.ndarray:
    """The column with one object for each text, however often it occurs. texts: those met before."""
    if values.dtype != object:
        return values
    return np.array([texts.setdefault(value, value) for value in values], object)


def _sort_runs(table: dict[str, np.ndarray], position: Mapping[str, int]) -> dict[str, np.ndarray]:
    """The table with its runs in the order of `position`; the rows of a run keep theirs."""
    order = np.argsort([position[run] for run in table["run"]], kind="stable")
    return table if (order[1:] > order[:-1]).all() else {name: values[order] for name, values in table.items()}


def _parse_contents(runs: np.ndarray, texts: np.ndarray) -> dict[str, dict[str, Any]]:
    """Run -> its content. A run's parameters and cards are mostly those of another run: equal parts are one object."""
    parts: dict[str, Any] = {}
    return {str(run): {name: parts.setdefault(json.dumps(part), part) for name, part in json.loads(text).items()}
            for run, text in zip(runs, texts)}


def _fetch(connection: Any, query: str) -> dict[str, np.ndarray]:
    return {name: fill_masked(values) for name, values in connection.execute(query).fetchnumpy().items()}


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
