"""How long runs take before any is played: a guess from their residents and steps, mended by what the machine did."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..engine.calendar import compute_calm_end, compute_fork_day, list_steps
from ..kernel.code_cache import cache_home
from ..records.files.parquet import write_text_atomically
from ..scenario.run import Run
from .machine import choose_worker_count, count_residents
from .task import group_runs_into_tasks

STEP_SECONDS, RESIDENT_STEP_SECONDS = 4e-3, 1e-6
"""Seconds of a step, and of each resident in it, where this was measured; other machines have a factor."""
START_SECONDS = 4.0
"""Seconds until workers play: interpreters and compiled code are loaded, the territory is built."""
PACE_FILE = "pace.json"
SLOWEST, FASTEST = 50.0, 0.05
"""Factors on the seconds above that are believed."""


def estimate_run_seconds(runs: Sequence[Run]) -> dict[str, float]:
    """Id of each run to the seconds one process needs for it; of those that share a burn-in, the first has that too."""
    seconds: dict[str, float] = {}
    counted, size = None, 0
    for task in group_runs_into_tasks(runs):
        fork_day = compute_fork_day(list(task)) if any(run.levers for run in task) else 0
        if any(run.scenario != task[0].scenario for run in task):
            fork_day = min(fork_day, compute_calm_end(list(task)))
        if counted is None or counted.scenario.territory != task[0].scenario.territory:
            counted, size = task[0], count_residents(task[0])  # of the whole task: one burn-in, one territory
        for k, run in enumerate(task):
            days = [day for day, _ in list_steps(run)]
            steps = len(days) if not k else sum(day >= fork_day for day in days)
            seconds[run.id] = steps * (STEP_SECONDS + RESIDENT_STEP_SECONDS * size)
    return seconds


def estimate_batch_seconds(runs: Sequence[Run], workers: int | None = None, replays: int = 1) -> float:
    """Seconds until all are played by so many processes (None: as many as would be chosen), each `replays` times."""
    if not runs:
        return 0.0
    count = choose_worker_count(workers, len(runs), count_residents(runs[0]))
    return START_SECONDS + replays * read_pace() * sum(estimate_run_seconds(runs).values()) / count


def read_pace() -> float:
    """The factor of this machine, as the last batch had it; 1 where none is known."""
    try:
        pace = float(json.loads((cache_home() / PACE_FILE).read_text(encoding="utf-8"))["factor"])
    except (OSError, ValueError, KeyError, TypeError):
        return 1.0
    return pace if FASTEST <= pace <= SLOWEST else 1.0


def remember_pace(seconds: float, guessed: float) -> None:
    """Note how many seconds a batch took that was guessed to take so many without the factor of the machine."""
    factor = seconds / guessed if guessed > 0 else 0.0
    if FASTEST <= factor <= SLOWEST:
        try:
            (cache_home() / PACE_FILE).parent.mkdir(parents=True, exist_ok=True)
            write_text_atomically((cache_home() / PACE_FILE), json.dumps({"factor": round(factor, 4)}))
        except OSError:
            pass  # a cache that cannot be written costs the next guess its precision, and nothing else


