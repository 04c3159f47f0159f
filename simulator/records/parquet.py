"""Tables to Parquet and back, through DuckDB: the same tables give the same bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import numpy as np


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def write_table(path: Path, table: Mapping[str, np.ndarray], metadata: Mapping[str, str]) -> None:
    """Write one table whole or not at all. datetime64 columns are written as dates; metadata as key and value."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    columns = ", ".join(f'CAST("{name}" AS DATE) AS "{name}"' if values.dtype.kind == "M" else f'"{name}"'
                        for name, values in table.items())
    keys = ", ".join(f'"{key}": {_text(metadata[key])}' for key in sorted(metadata))
    connection = duckdb.connect(":memory:", config={"threads": 1})
    try:
        connection.register("given", dict(table))
        connection.execute(f"COPY (SELECT {columns} FROM given) TO {_text(str(temporary))} "
                           f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{keys}}})")
        os.replace(temporary, path)
    finally:
        connection.close()
        temporary.unlink(missing_ok=True)


def read_table(paths: Path | Iterable[Path]) -> dict[str, np.ndarray]:
    """Columns of one file, or of several of a kind one after the other, in the order given. Empty floats are NaN.

    FileNotFoundError if there is no file.
    """
    files = [paths] if isinstance(paths, (str, Path)) else list(paths)
    if not files:
        raise FileNotFoundError("no table to read")
    listed = ", ".join(_text(str(file)) for file in files)
    connection = duckdb.connect(":memory:", config={"threads": 1, "preserve_insertion_order": True})
    try:
        columns = connection.execute(f"SELECT * FROM read_parquet([{listed}])").fetchnumpy()
    except duckdb.IOException as error:
        raise FileNotFoundError(str(error).splitlines()[0]) from None
    finally:
        connection.close()
    return {name: _plain(values) for name, values in columns.items()}


def _plain(values: np.ndarray) -> np.ndarray:
    if not isinstance(values, np.ma.MaskedArray):
        return values
    return values.filled(np.nan) if values.dtype.kind == "f" else values.data


def read_metadata(path: Path) -> dict[str, str]:
    """Key-value metadata of one file."""
    connection = duckdb.connect(":memory:", config={"threads": 1})
    try:
        rows = connection.execute(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata({_text(str(path))})")
        return {str(key): str(value) for key, value in rows.fetchall()}
    finally:
        connection.close()
