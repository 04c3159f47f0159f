"""A player that draws records: the stronger the crisis, the less outreach helps; the phone tree always helps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from simulator.records.record import Record
from simulator.scenario.run import Run
from tests.analysis.fake_runs import LEVERS, fake_record


def record_of(run: Run) -> Record:
    """A record of this run with random numbers and these effects of levers."""
    severity = run.scenario.crises[0].severity
    levers = tuple(sorted(lever.id for lever in run.levers))
    avoided = {name: LEVERS[name][2] * (1.6 - severity if name == "outreach" else 1.0) for name in levers}
    strength = sum(avoided.values()) / (sum(LEVERS[name][2] for name in levers) or 1.0)
    record = fake_record(levers, run.seed, strength=strength, wide=0.3)
    record.run_id, record.content = run.id, run.content()
    for table in record.tables.values():
        table["run"] = np.full(len(table["run"]), run.id, object)
    record.tables["runs"]["cost"] = np.array([1000.0 * sum(map(len, levers))])
    return record


def play_arms(arms: list[Run], *, on_record: Callable[[Run, Record], None], threads: int = 1, **_: Any) -> None:
    """Draw the record of each run; none fails."""
    for run in arms:
        on_record(run, record_of(run))
