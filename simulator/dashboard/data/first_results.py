"""The runs of the page's first choices, which ship with the package: an answer before anything is played.

    first_results/manifest.json   versions, choices, run ids by arm, hashes of the files
    first_results/*.parquet.xz    the runs, packed: most people lose the same in every arm, which Parquet cannot use
    first_results/cases.json      six residents, followed through every arm

`python -m simulator.app.jobs.first_results` plays them again and writes both. A run's id hashes all that its outcome
depends on, versions included: shipped runs stand in for those of a comparison only where all ids agree.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ... import MODEL_VERSION
from ...i18n.translation import Message
from ...records.files.folder_check import PARTS_FOLDER
from ...records.files.parquet import quote_sql, write_query
from ...records.files.run_files import RUN_FILE_SUFFIX, UNITS_KEY, build_file_metadata, format_units
from ...records.resident_cases import CASES_FILE, read_cases
from ...records.schema import SCHEMA_VERSION
from .workspace import read_json_file

FIRST_RESULTS_FOLDER = Path(__file__).resolve().parents[1] / "first_results"
MANIFEST_FILE = "manifest.json"
PACKED_SUFFIX = f"{RUN_FILE_SUFFIX}.xz"


@dataclass(frozen=True)
class FirstResults:
    """What ships with the package.

    choices: those of the page, as plain data. arms: arm to the ids of its runs, one per seed. written: ISO date.
    parts: packed files that hold the runs. cases: the file of the residents.
    """

    choices: Mapping[str, Any]
    arms: Mapping[str, Sequence[str]]
    written: str
    parts: tuple[Path, ...]
    cases: Path

    @property
    def runs(self) -> set[str]:
        """Ids of all runs."""
        return {run for runs in self.arms.values() for run in runs}

    def copy_runs(self, folder: Path) -> None:
        """Copy all runs, and the residents followed, into a comparison's folder. OSError if it cannot be written."""
        target = folder / PARTS_FOLDER
        target.mkdir(exist_ok=True)
        for part in self.parts:
            temporary = target / f".{part.stem}.part"
            temporary.write_bytes(lzma.decompress(part.read_bytes()))
            temporary.replace(target / part.stem)
        shutil.copyfile(self.cases, folder / CASES_FILE)


@cache
def read_first_results(folder: Path = FIRST_RESULTS_FOLDER) -> FirstResults:
    """Read and check what ships with the package.

    ValueError in one line if it is missing, damaged, or of another version of the model or of its records.
    """
    manifest = read_json_file(folder / MANIFEST_FILE)
    if not isinstance(manifest, dict):
        raise ValueError(Message("no results ship with this package"))
    found = manifest.get("model_version"), manifest.get("schema_version")
    if found != (MODEL_VERSION, SCHEMA_VERSION):
        raise ValueError(Message("the results that ship with the package are of model {found} (records {schema}), this "
                                 "is model {model} (records {expected}): they are left aside", found=found[0],
                                 schema=found[1], model=MODEL_VERSION, expected=SCHEMA_VERSION))
    try:
        files = {name: folder / name for name in manifest["files"]}
        damaged = [name for name, file in files.items() if hash_file(file) != manifest["files"][name]]
        parts = tuple(file for name, file in sorted(files.items()) if name.endswith(PACKED_SUFFIX))
        shipped = FirstResults(manifest["choices"], manifest["arms"], str(manifest["written"]), parts,
                               files[CASES_FILE])
        cases = read_cases(folder)
        is_whole = not damaged and bool(parts) and cases is not None and set(cases.runs) <= shipped.runs
    except (KeyError, TypeError, AttributeError, OSError):
        is_whole = False
    if not is_whole:
        raise ValueError(Message("the results that ship with the package are damaged: they are left aside"))
    return shipped


def hash_file(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def pack_part(part: Path, folder: Path) -> Path:
    """Pack a part of a store into a folder, its runs without Parquet's own compression and seed by seed."""
    plain = folder / part.name
    write_query(plain, f"SELECT * FROM read_parquet({quote_sql(part)}) ORDER BY seed, run", {},
                {**build_file_metadata("part"), UNITS_KEY: format_units()}, compression="uncompressed")
    packed = folder / f"{part.name}.xz"
    packed.write_bytes(lzma.compress(plain.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    plain.unlink()
    return packed


def write_manifest(folder: Path, choices: Mapping[str, Any], arms: Mapping[str, Sequence[str]], written: str) -> None:
    """Write the manifest of runs that were just played, with the versions of this package."""
    files = {file.name: hash_file(file) for file in sorted(folder.iterdir()) if file.name != MANIFEST_FILE}
    manifest = {"model_version": MODEL_VERSION, "schema_version": SCHEMA_VERSION, "written": written,
                "choices": dict(choices), "arms": {arm: list(runs) for arm, runs in arms.items()}, "files": files}
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
