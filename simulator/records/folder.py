"""One folder per run: four tables and where they came from. A folder is there whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .parquet import read_metadata, read_table, write_table
from .schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from .record import Record

PROVENANCE = "provenance.json"


def save(record: Record, folder: Path, provenance: Mapping[str, Any] | None = None) -> Path:
    """Write a finished record as `folder`, then give it its name. A folder that is there already is left alone.

    Clock times and hosts go to provenance.json only: the tables hold nothing that a repeat would change.
    ValueError if the record was not finished.
    """
    folder = Path(folder)
    if not record.tables:
        raise ValueError(f"run {record.run_id}: finish the record before saving it")
    if folder.exists():
        return folder
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    try:
        for name, table in record.tables.items():
            write_table(temporary / f"{name}.parquet", table, metadata(record, name))
        if provenance is not None:
            text = json.dumps(provenance, indent=2, ensure_ascii=False, default=str)
            (temporary / PROVENANCE).write_text(text + "\n", encoding="utf-8")
        _name(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def _name(temporary: Path, folder: Path) -> None:
    try:
        os.replace(temporary, folder)
    except OSError:
        if not folder.is_dir():
            raise
        # another process finished the same run first: its bytes are the same


def metadata(record: Record, table: str) -> dict[str, str]:
    """What a table says of itself. The run's whole content stands in runs only."""
    row = record.tables["runs"]
    common = {"run": record.run_id, "seed": str(row["seed"][0]), "model_version": str(row["model_version"][0]),
              "schema_version": str(SCHEMA_VERSION)}
    if table == "runs":
        common["content"] = json.dumps(record.content, sort_keys=True, ensure_ascii=True, default=str)
    return common


@dataclass(frozen=True)
class Opened:
    """Tables read back, one or many runs in each, and the content of every run by its key."""

    tables: dict[str, dict[str, np.ndarray]]
    content: dict[str, dict[str, Any]]
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


def open_runs(folders: list[Path]) -> Opened:
    """Read the runs of these folders. FileNotFoundError if one is not there, ValueError for another schema version."""
    content = {}
    for folder in folders:
        if not (Path(folder) / "runs.parquet").is_file():
            raise FileNotFoundError(f"{folder}: no run here (expected runs.parquet)")
        told = read_metadata(Path(folder) / "runs.parquet")
        if int(told["schema_version"]) != SCHEMA_VERSION:
            raise ValueError(f"{folder}: tables of version {told['schema_version']}, expected {SCHEMA_VERSION}")
        content[told["run"]] = json.loads(told["content"])
    tables = {name: read_table([Path(folder) / f"{name}.parquet" for folder in folders]) for name in TABLES}
    return Opened(tables, content)


def opened(records: list[Record]) -> Opened:
    """Finished records as if read back, for results that are shown without being kept."""
    tables = {name: {column: np.concatenate([record.tables[name][column] for record in records]) for column in fields}
              for name, fields in TABLES.items()}
    return Opened(tables, {record.run_id: record.content for record in records})
