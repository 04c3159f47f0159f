"""Compaction of a store: many files of one run become one file of many runs. No run is missing at any moment."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..records.files.folder_check import PARTS_FOLDER, RUNS_FOLDER, list_sound_files
from ..records.files.parquet import quote_sql, write_query
from ..records.files.run_files import RUN_FILE_SUFFIX, UNITS_KEY, build_file_metadata, format_units
from ..records.results import index_part_files
from .machine import try_lock_folder
from .store import Store


class StoreInUseError(Exception):
    """Another process is writing runs into the folder, and may be reading the files that would be removed."""


def compact_store(store: Store) -> tuple[int, Path | None]:
    """Merge all files of single runs into one part. Returns (number of runs, part), or (0, None) for fewer than two.

    StoreInUseError while another process uses the folder. The part is written completely before single files are
    removed; if an earlier compaction was killed in between, its single files are removed now.
    """
    if not store.runs.is_dir():
        return 0, None
    with try_lock_folder(store.runs) as alone:
        if not alone:
            raise StoreInUseError
        store.remove_abandoned_files()
        single = list_sound_files(store.folder, RUNS_FOLDER)
        compacted = store.map_compacted_runs()
        fresh = [file for file in single if file.stem not in compacted]
        part = _write_part(store, fresh) if len(fresh) > 1 else None
        compacted |= index_part_files([part]) if part else {}
        for file in single:
            if file.stem in compacted:
                file.unlink(missing_ok=True)
        return (len(fresh), part) if part else (0, None)


def _write_part(store: Store, files: list[Path]) -> Path:
    """Write these runs into one file, named by a hash of their ids: the same runs give the same part."""
    name = hashlib.sha256("\n".join(file.stem for file in files).encode()).hexdigest()[:16]
    part = store.folder / PARTS_FOLDER / f"{name}{RUN_FILE_SUFFIX}"
    part.parent.mkdir(parents=True, exist_ok=True)
    listed = ", ".join(quote_sql(file) for file in files)
    write_query(part, f"SELECT * FROM read_parquet([{listed}]) ORDER BY run", {},
                {**build_file_metadata("part"), UNITS_KEY: format_units()})
    return part
