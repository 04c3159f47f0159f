"""The runs of the page's first choices, which ship with the package: an answer before anything is played.

    first_results/manifest.json    versions, choices, and run ids by arm
    first_results/parts/*.parquet  the runs
    first_results/cases.json       six residents, followed through every arm

`python -m simulator.app.jobs.first_results` plays them again and writes both. A run's id hashes all that its outcome
depends on, versions included: shipped runs stand in for those of a comparison only where all ids agree.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ... import MODEL_VERSION
from ...i18n.translation import Message
from ...records.files.checksum import check_file
from ...records.files.folder_check import PARTS_FOLDER
from ...records.files.run_files import RUN_FILE_SUFFIX
from ...records.resident_cases import CASES_FILE, read_cases
from ...records.results import index_part_files
from ...records.schema import SCHEMA_VERSION
from .workspace import read_json_file

FIRST_RESULTS_FOLDER = Path(__file__).resolve().parents[1] / "first_results"
MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True)
class FirstResults:
    """What ships with the package.

    choices: those of the page, as plain data. arms: arm to the ids of its runs, one per seed. written: ISO date.
    folder: where it is. parts: files that hold the runs.
    """

    folder: Path

    choices: Mapping[str, Any]
    arms: Mapping[str, Sequence[str]]
    written: str
    parts: tuple[Path, ...]

    @property
    def runs(self) -> set[str]:
        """Ids of all runs."""
        return {run for runs in self.arms.values() for run in runs}

    def copy_runs(self, folder: Path) -> None:
        """Copy all runs, and the residents followed, into a comparison's folder. OSError if it cannot be written."""
        for source in (*self.parts, self.folder / CASES_FILE):
            target = folder / source.relative_to(self.folder)
            target.parent.mkdir(exist_ok=True)
            temporary = target.with_name(f".{target.name}.part")
            shutil.copyfile(source, temporary)
            temporary.replace(target)


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
    parts = tuple(sorted((folder / PARTS_FOLDER).glob(f"*{RUN_FILE_SUFFIX}")))
    try:
        shipped = FirstResults(folder, manifest["choices"], manifest["arms"], str(manifest["written"]), parts)
        missing = shipped.runs
        for part in parts:
            check_file(part, "part")
        missing -= set(index_part_files(list(parts)))
        cases = read_cases(folder)
        if cases is None or not set(cases.runs) <= shipped.runs:
            missing.add(CASES_FILE)
    except (KeyError, TypeError, AttributeError, OSError, ValueError):
        missing = {""}
    if missing:
        raise ValueError(Message("the results that ship with the package are damaged: they are left aside"))
    return shipped


def write_manifest(folder: Path, choices: Mapping[str, Any], arms: Mapping[str, Sequence[str]], written: str) -> None:
    """Write the manifest of runs that were just played, with the versions of this package."""
    manifest = {"model_version": MODEL_VERSION, "schema_version": SCHEMA_VERSION, "written": written,
                "choices": dict(choices), "arms": {arm: list(runs) for arm, runs in arms.items()}}
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
