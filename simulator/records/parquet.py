"""Tables to Parquet and back, through DuckDB: the same tables give the same bytes, whole or not at all."""

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

TEMPORARY = re.compile(r"^\..+\.([\w-]+)\.(\d+)\.\d+\.tmp$")
"""A file being written: its name, the host and the process that writes it, a number."""
HOST = re.sub(r"[^\w-]", "_", platform.node()) or "host"
_numbers = itertools.count()


def text(value: object) -> str:
    """A value as an SQL string."""
    return "'" + str(value).replace("'", "''") + "'"


def temporary(path: Path) -> Path:
    """A name beside `path` that no other process, here or on another machine, will choose."""
    return path.with_name(f".{path.name}.{HOST}.{os.getpid()}.{next(_numbers)}.tmp")


def put(half: Path, path: Path) -> None:
    """Give a written file its name: on the disk before the name is, so that a name never stands for half a file."""
    with open(half, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(half, path)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_text(path: Path, words: str) -> None:
    """A small file, whole or not at all."""
    half = temporary(path)
    try:
        half.write_text(words, encoding="utf-8")
        put(half, path)
    finally:
        half.unlink(missing_ok=True)


@cache
def _database(process: int) -> Any:
    """An empty database of this process: opening one takes longer than writing a run."""
    return duckdb.connect(":memory:", config={"threads": 1, "preserve_insertion_order": True})


def connect() -> Any:
    """A connection on one thread that keeps the order of rows and knows no tables. To be closed."""
    return _database(os.getpid()).cursor()


def write_query(path: Path, query: str, tables: Mapping[str, Mapping[str, np.ndarray]], metadata: Mapping[str, str],
                *, as_it_stands: bool = False) -> None:
    """Write what an SQL query gives, over the named tables. OSError when the disk refuses; then nothing is left.

    as_it_stands: nothing is gained by turning the query over, which takes longer than to answer one over few rows.
    """
    half = temporary(Path(path))
    keys = ", ".join(f'"{key}": {text(metadata[key])}' for key in sorted(metadata))
    connection = connect()
    try:
        if as_it_stands:
            connection.execute("PRAGMA disable_optimizer")
        for name, table in tables.items():
            connection.register(name, dict(table))
        connection.execute(f"COPY ({query}) TO {text(half)} (FORMAT parquet, COMPRESSION zstd"
                           + (f", KV_METADATA {{{keys}}})" if keys else ")"))
        put(half, Path(path))
    except duckdb.IOException as problem:
        raise disk_error(problem, Path(path)) from None
    finally:
        connection.close()
        half.unlink(missing_ok=True)


def disk_error(problem: Exception, path: Path) -> OSError:
    """DuckDB's own complaint about the disk, as Python's."""
    words = str(problem).splitlines()[0]
    full = "no space" in words.lower()
    return OSError(errno.ENOSPC if full else errno.EIO, "No space left on device" if full else words, str(path))


def selected(table: Mapping[str, np.ndarray]) -> str:
    """The columns of a registered table as SQL; datetime64 become dates."""
    return ", ".join(f'CAST("{name}" AS DATE) AS "{name}"' if values.dtype.kind == "M" else f'"{name}"'
                     for name, values in table.items())


def write_table(path: Path, table: Mapping[str, np.ndarray], metadata: Mapping[str, str]) -> None:
    """Write one table whole or not at all. datetime64 columns are written as dates; metadata as key and value."""
    write_query(path, f"SELECT {selected(table)} FROM given", {"given": table}, metadata)


def read_table(paths: Path | Iterable[Path]) -> dict[str, np.ndarray]:
    """Columns of one file, or of several of a kind one after the other, in the order given. Empty floats are NaN.

    FileNotFoundError if there is no file.
    """
    files = [paths] if isinstance(paths, (str, Path)) else list(paths)
    if not files:
        raise FileNotFoundError("no table to read")
    listed = ", ".join(text(file) for file in files)
    connection = connect()
    try:
        columns = connection.execute(f"SELECT * FROM read_parquet([{listed}])").fetchnumpy()
    except duckdb.IOException as error:
        raise FileNotFoundError(str(error).splitlines()[0]) from None
    finally:
        connection.close()
    return {name: plain(values) for name, values in columns.items()}


def plain(values: np.ndarray) -> np.ndarray:
    """A column without a mask: empty floats are NaN."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    return values.filled(np.nan) if values.dtype.kind == "f" else values.data


def read_metadata(path: Path) -> dict[str, str]:
    """Key-value metadata of one file."""
    connection = connect()
    try:
        rows = connection.execute(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata({text(path)})")
        return {str(key): str(value) for key, value in rows.fetchall()}
    finally:
        connection.close()
