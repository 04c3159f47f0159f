"""Parquet files through DuckDB: the same tables give the same bytes, and a file is written completely or not at all."""

from __future__ import annotations

import errno
import itertools
import os
import platform
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ...i18n.system_reason import SYSTEM_REASONS, find_error_number
from ...i18n.translation import Message
from .checksum import CHECKSUM_KEY, CHECKSUM_PLACEHOLDER, DamagedFileError, check_file, seal_file
from .provenance import describe_origin

TEMPORARY_NAME = re.compile(r"^\..+\.([\w-]+)\.(\d+)\.\d+\.tmp$")
"""Name of a file being written: .NAME.HOST.PROCESS.NUMBER.tmp."""
HOST_NAME = re.sub(r"[^\w-]", "_", platform.node()) or "host"
_file_counter = itertools.count()


def quote_sql(value: object) -> str:
    """A value as a quoted SQL string."""
    return "'" + str(value).replace("'", "''") + "'"


def make_temporary_path(path: Path) -> Path:
    """A path in the same folder that no other process, on this or another machine, uses."""
    return path.with_name(f".{path.name}.{HOST_NAME}.{os.getpid()}.{next(_file_counter)}.tmp")


def replace_atomically(temporary_path: Path, path: Path) -> None:
    """Rename a written file to `path`, after syncing it to disk: no name ever stands for an incomplete file."""
    with open(temporary_path, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(temporary_path, path)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_text_atomically(path: Path, text: str) -> None:
    """Write a small text file, completely or not at all."""
    write_bytes_atomically(path, text.encode("utf-8"))


def write_bytes_atomically(path: Path, content: bytes) -> None:
    """Write a small file, completely or not at all."""
    temporary_path = make_temporary_path(path)
    try:
        temporary_path.write_bytes(content)
        replace_atomically(temporary_path, path)
    finally:
        temporary_path.unlink(missing_ok=True)


def open_database() -> Any:
    """An empty database, on one thread, that keeps the order of rows. The caller closes it."""
    return duckdb.connect(":memory:", config={"threads": 1, "preserve_insertion_order": True})


@cache
def _keep_database(process: int) -> Any:
    """A database of this process, cached: opening one takes longer than writing a run."""
    return open_database()


def connect_duckdb() -> Any:
    """A new connection, without tables, to this process's database. The caller closes it."""
    return _keep_database(os.getpid()).cursor()


def write_query(path: Path, query: str, tables: Mapping[str, Mapping[str, np.ndarray]], metadata: Mapping[str, str],
                *, skip_optimizer: bool = False, compression: str = "zstd") -> None:
    """Write the result of an SQL query over the named tables. OSError from the disk; then no file is left.

    The file's metadata also holds the versions that wrote it (`describe_origin`) and its checksum.
    compression: by its name in DuckDB. skip_optimizer: for a query over few rows, which DuckDB answers faster than it
    optimises it.
    """
    temporary_path = make_temporary_path(Path(path))
    metadata = {**describe_origin(), **metadata, CHECKSUM_KEY: CHECKSUM_PLACEHOLDER}
    keys = ", ".join(f'"{key}": {quote_sql(metadata[key])}' for key in sorted(metadata))
    connection = connect_duckdb()
    try:
        if skip_optimizer:
            connection.execute("PRAGMA disable_optimizer")
        for name, table in tables.items():
            connection.register(name, dict(table))
        connection.execute(f"COPY ({query}) TO {quote_sql(temporary_path)} (FORMAT parquet, COMPRESSION {compression}"
                           f", KV_METADATA {{{keys}}})")
        seal_file(temporary_path)
        replace_atomically(temporary_path, Path(path))
    except duckdb.IOException as problem:
        raise convert_disk_error(problem, Path(path)) from None
    finally:
        connection.close()
        temporary_path.unlink(missing_ok=True)


def convert_disk_error(problem: Exception, path: Path) -> OSError:
    """The OSError for an IOException of DuckDB: disk full, or its first line."""
    number = find_error_number(str(problem))
    if number is None:
        return OSError(errno.EIO, str(problem).splitlines()[0], str(path))
    return OSError(number, SYSTEM_REASONS[number], str(path))


def build_column_list(table: Mapping[str, np.ndarray]) -> str:
    """The columns of a registered table as SQL; datetime64 columns become dates."""
    return ", ".join(f'CAST("{name}" AS DATE) AS "{name}"' if values.dtype.kind == "M" else f'"{name}"'
                     for name, values in table.items())


def write_table(path: Path, table: Mapping[str, np.ndarray], metadata: Mapping[str, str]) -> None:
    """Write one table, completely or not at all. datetime64 columns are written as dates; metadata as key and value."""
    write_query(path, f"SELECT {build_column_list(table)} FROM data", {"data": table}, metadata)


def read_table(paths: Path | Iterable[Path]) -> dict[str, np.ndarray]:
    """The columns of a file, or of several with the same columns, concatenated in the order given. Null floats are NaN.

    FileNotFoundError if there is no file, DamagedFileError for one whose checksum does not fit.
    """
    files = [paths] if isinstance(paths, (str, Path)) else list(paths)
    if not files:
        raise FileNotFoundError(Message("no table to read"))
    for file in files:
        check_named_file(Path(file))
    listed = ", ".join(quote_sql(file) for file in files)
    connection = connect_duckdb()
    try:
        columns = connection.execute(f"SELECT * FROM read_parquet([{listed}])").fetchnumpy()
    except duckdb.IOException as error:
        raise FileNotFoundError(str(error).splitlines()[0]) from None
    finally:
        connection.close()
    return {name: fill_masked(values) for name, values in columns.items()}


def check_named_file(file: Path) -> None:
    """`check_file`, with an error that names the file."""
    try:
        check_file(file)
    except DamagedFileError as problem:
        raise DamagedFileError(Message("{file}: {why}", file=file, why=problem)) from None


def fill_masked(values: np.ndarray) -> np.ndarray:
    """A column without a mask: null floats become NaN."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    return values.filled(np.nan) if values.dtype.kind == "f" else values.data


def read_metadata(path: Path) -> dict[str, str]:
    """The key-value metadata of one file."""
    connection = connect_duckdb()
    try:
        rows = connection.execute(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata({quote_sql(path)})")
        return {str(key): str(value) for key, value in rows.fetchall()}
    finally:
        connection.close()
