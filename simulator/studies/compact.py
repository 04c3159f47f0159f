"""Many files of one run into one file of many runs. At every instant each run is in one of the two."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..records.folder import ENDING, metadata
from ..records.parquet import text, write_query
from ..records.results import PARTS, in_parts
from .machine import presence
from .store import Store


class Busy(Exception):
    """Somebody is playing runs into the folder, and may be about to read what would be moved."""


def compact(store: Store) -> tuple[int, Path | None]:
    """Put all single files of runs into a part. (how many, the part), (0, None) if there is nothing to gain.

    Busy while somebody plays there. The part is written whole before the single files go; a part that was written
    and whose files were not yet removed, by a process that was killed, is completed.
    """
    if not store.runs.is_dir():
        return 0, None
    with presence(store.runs) as alone:
        if not alone:
            raise Busy
        store.clean()
        single = sorted(store.runs.glob(f"*{ENDING}"))
        done = store.compacted()
        fresh = [file for file in single if file.stem not in done]
        part = _write(store, fresh) if len(fresh) > 1 else None
        inside = {**done, **(in_parts([part]) if part else {})}
        for file in single:
            if file.stem in inside:
                file.unlink(missing_ok=True)
        return (len(fresh), part) if part else (0, None)


def _write(store: Store, files: list[Path]) -> Path:
    """A part named after the runs in it: the same runs make the same part."""
    name = hashlib.sha256("\n".join(file.stem for file in files).encode()).hexdigest()[:16]
    part = store.folder / PARTS / f"{name}{ENDING}"
    part.parent.mkdir(parents=True, exist_ok=True)
    listed = ", ".join(text(file) for file in files)
    write_query(part, f"SELECT * FROM read_parquet([{listed}]) ORDER BY run", {}, metadata())
    return part
