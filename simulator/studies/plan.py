"""The plan of a study: its runs (points of the design, portfolios, seeds), as a table in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..parameters import Model
from ..records.files.folder_check import PLANS_FOLDER
from ..records.files.parquet import write_table
from ..records.files.run_files import RUN_FILE_SUFFIX, build_file_metadata
from ..records.record import identify_run
from ..scenario.run import Run, hash_run_content
from .axis import format_axis_value
from .design import DesignPoint

BASELINE_ARM = "baseline"
"""Name of the arm without levers."""
RUN_COLUMNS = ("territory", "crises", "levers", "portfolio", "context", "behaviour", "model_version", "schema_version")


@dataclass(frozen=True, eq=False)
class PlannedRun:
    """One run of a study, with its point in the design."""

    point: int
    settings: DesignPoint
    run: Run
    run_columns: Mapping[str, Any]
    """Columns of the run in tables: RUN_COLUMNS to values."""

    @property
    def arm(self) -> str:
        """Name of the portfolio: ids of its levers joined by +, `baseline` without any."""
        return arm_name(self.run)


def arm_name(run: Run) -> str:
    """Ids of the levers of a run joined by +, `baseline` without any."""
    return "+".join(sorted(lever.id for lever in run.levers)) or BASELINE_ARM


def plan_replications(point: int, settings: DesignPoint, run: Run, seeds: Iterable[int],
                      choose_model: Callable[[int], Model] | None = None) -> list[PlannedRun]:
    """The same run with each of these seeds. Its content is built once; only seed and id differ.

    choose_model: the model of each seed, where seeds have numbers of their own.
    """
    content = run.content()
    run_columns = _list_run_columns(content)
    planned = []
    for seed in seeds:
        replication = replace(run, seed=seed)
        if choose_model is not None:
            replication = replace(replication, model=choose_model(seed))
            content = {**content, "model": asdict(replication.model)}
            run_columns = _list_run_columns(content)
        replication.__dict__["id"] = hash_run_content({**content, "seed": seed})
        planned.append(PlannedRun(point, settings, replication, run_columns))
    return planned


def _list_run_columns(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in identify_run("", content).items() if name in RUN_COLUMNS}


def list_unique_runs(planned: Iterable[PlannedRun]) -> list[Run]:
    """The runs to play, each once, ordered by seed: every point has some runs before any point has all."""
    return list({item.run.id: item.run for item in sorted(planned, key=lambda item: item.run.seed)}.values())


def build_plan_table(study: str, planned: Sequence[PlannedRun]) -> dict[str, np.ndarray]:
    """The plan as columns: point, arm, run id, seed, RUN_COLUMNS, and one column per setting that varies."""
    columns: dict[str, list[Any]] = {
        "study": [study] * len(planned), "point": [item.point for item in planned],
        "arm": [item.arm for item in planned], "run": [item.run.id for item in planned],
        "seed": [item.run.seed for item in planned],
        **{name: [item.run_columns[name] for item in planned] for name in RUN_COLUMNS}}
    for name in dict.fromkeys(name for item in planned for name in item.settings if name not in columns):
        columns[name] = [format_axis_value(item.settings.get(name)) for item in planned]
    return {name: to_typed_array(values) for name, values in columns.items()}


def to_typed_array(values: Sequence[Any]) -> np.ndarray:
    """Values as an array of int64, float64 (None is NaN), bool, or text (None is empty), whichever fits first."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known) and len(known) == len(values):
        return np.array(values, bool)
    if known and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in known):
        if all(isinstance(value, int) for value in known) and len(known) == len(values):
            return np.array(values, np.int64)
        return np.array([np.nan if value is None else value for value in values], np.float64)
    return np.array(["" if value is None else str(value) for value in values], object)


def write_plan(folder: Path, study: str, planned: Sequence[PlannedRun], metadata: Mapping[str, str]) -> Path:
    """Write the plan into the store, atomically, over an earlier plan of the study. metadata: of the Parquet file."""
    file = Path(folder) / PLANS_FOLDER / f"{study}{RUN_FILE_SUFFIX}"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_table(file, build_plan_table(study, planned), {**build_file_metadata("plan"), **metadata})
    return file


def group_by_point(planned: Iterable[PlannedRun]) -> dict[int, list[PlannedRun]]:
    """Point to its runs."""
    found: dict[int, list[PlannedRun]] = {}
    for one in planned:
        found.setdefault(one.point, []).append(one)
    return found
