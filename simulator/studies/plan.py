"""What a study asks for: runs at the points of a design, with each portfolio and seed, as a table in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..records.folder import ENDING
from ..records.parquet import write_table
from ..records.record import headline
from ..records.results import PLANS
from ..scenario.run import Run, key_of
from .axis import labelled
from .design import Point

BASELINE = "baseline"
HEAD = ("territory", "crises", "levers", "portfolio", "context", "behaviour", "model_version", "schema_version")


@dataclass(frozen=True, eq=False)
class Planned:
    """One run of a study, and its place in the design."""

    point: int
    settings: Point
    run: Run
    head: Mapping[str, Any]
    """What the tables say of the run: territory, crises, levers and so on."""

    @property
    def arm(self) -> str:
        """The portfolio's name: its levers joined by +."""
        return arm_name(self.run)


def arm_name(run: Run) -> str:
    """The levers of a run joined by +, `baseline` without any."""
    return "+".join(sorted(lever.id for lever in run.levers)) or BASELINE


def with_seeds(point: int, settings: Point, run: Run, seeds: Iterable[int]) -> list[Planned]:
    """The same run with each of these seeds. Its content is laid out once; only the key differs."""
    content = run.content()
    head = {name: value for name, value in headline("", content).items() if name in HEAD}
    found = []
    for seed in seeds:
        one = replace(run, seed=seed)
        one.__dict__["id"] = key_of({**content, "seed": seed})
        found.append(Planned(point, settings, one, head))
    return found


def unique(planned: Iterable[Planned]) -> list[Run]:
    """The runs to play, each once: by seed first, so that every point has some before any has all."""
    runs = {one.run.id: one.run for one in sorted(planned, key=lambda one: one.run.seed)}
    return list(runs.values())


def table(study: str, planned: Sequence[Planned]) -> dict[str, np.ndarray]:
    """The plan as columns: place in the design, key, what is played, and one column per setting that varies."""
    columns: dict[str, list[Any]] = {
        "study": [study] * len(planned), "point": [one.point for one in planned],
        "arm": [one.arm for one in planned], "run": [one.run.id for one in planned],
        "seed": [one.run.seed for one in planned],
        **{name: [one.head[name] for one in planned] for name in HEAD}}
    for name in dict.fromkeys(name for one in planned for name in one.settings if name not in columns):
        columns[name] = [labelled(one.settings.get(name)) for one in planned]
    return {name: typed(values) for name, values in columns.items()}


def typed(values: Sequence[Any]) -> np.ndarray:
    """Whole numbers, numbers (missing: NaN), truth values, or text."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known) and len(known) == len(values):
        return np.array(values, bool)
    if known and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in known):
        if all(isinstance(value, int) for value in known) and len(known) == len(values):
            return np.array(values, np.int64)
        return np.array([np.nan if value is None else value for value in values], np.float64)
    return np.array(["" if value is None else str(value) for value in values], object)


def write_plan(folder: Path, study: str, planned: Sequence[Planned], told: Mapping[str, str]) -> Path:
    """Put the plan in the store, whole; the one of the same study is replaced. told: metadata of the file."""
    file = Path(folder) / PLANS / f"{study}{ENDING}"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_table(file, table(study, planned), told)
    return file
