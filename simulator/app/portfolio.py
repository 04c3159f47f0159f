"""`resilience portfolio`: levers together under a yearly budget, found by search, confirmed with fresh seeds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..sweep import early
from .door import Job
from .errors import UsageError, one_line, refused
from .job import carry_out
from .points import missing_extra
from .trial import Trials

if TYPE_CHECKING:
    from ..analysis.search import Portfolio
    from ..report.sheet import Sheet
    from .main import Line

MOST = 4
"""Levers of a portfolio whose every subset is played, to say what each brings."""
FIGURES = "analysis"


def command(line: Line) -> int:
    """Compose, check, search, confirm, tell. 1 if a run failed."""
    from ..analysis.extra import need

    try:
        need("optuna")
    except ModuleNotFoundError as problem:
        raise missing_extra(problem) from None
    return carry_out("portfolio", line, play_and_tell)


def play_and_tell(job: Job, folder: Path, lang: str) -> int:
    """Search, confirm what no other beats, attribute the best; print and write. 1 if a run failed."""
    from ..report.sheet import keep, write

    check(job)
    trials = Trials(job, folder, lang)
    try:
        with early.kept():
            sheets = searched(job, trials)
    except RuntimeError as problem:
        print(f"resilience: {one_line(problem)}", file=sys.stderr)
        return 1
    text = "\n\n".join(sheet.text.rstrip("\n") for sheet in sheets) + "\n"
    print(text)
    write(folder / FIGURES / "analysis.txt", text)
    keep(sheets, folder / FIGURES)
    return 0


def check(job: Job) -> None:
    """UsageError for settings that cannot be."""
    plain = job.plain
    for name, low, high in (("fresh", 0, 10_000), ("plays", 1, 100_000)):
        if not low <= plain[name] <= high:
            raise UsageError("whole", name=name, value=plain[name], low=low, high=high)
    for name in ("doses", "severities"):
        _numbers(name, plain[name])
    if not 0 < plain["budget"] < float("inf"):
        raise UsageError("amount", name="budget", value=plain["budget"])
    if not job.levers:
        raise UsageError("no_lever")
    for lever in job.levers:
        if lever.window.trigger:
            raise refused(f"lever {lever.id}: starts on a trigger, so that its yearly cost is not known beforehand: "
                          "expected a date; leave it out")


def _numbers(name: str, given: Any) -> None:
    listed = given if isinstance(given, list) else [given]
    if not listed or any(isinstance(one, bool) or not isinstance(one, int | float) or one <= 0 for one in listed):
        raise UsageError("wrong_type", name=name, value=given, expected="a list of numbers above 0, such as [0.5,1]")


def searched(job: Job, trials: Trials) -> list[Sheet]:
    """The front, what money buys, what each lever of the best portfolio brings."""
    import numpy as np

    from ..analysis.front import confirm, on_front
    from ..analysis.returns import returns
    from ..analysis.search import name_of, search
    from ..report.portfolios import front_sheet, returns_sheet

    plain = job.plain
    doses = {lever.id: plain["doses"] if isinstance(plain["doses"], list) else [plain["doses"]] for lever in job.levers}
    found = search(doses, trials.cost, lambda one: trials.objectives(one, job.seeds).mean(0), plain["budget"],
                   plain["plays"], seed=job.seeds[0])
    front = [one for one, on in zip(found, on_front(np.array(list(found.values())))) if on]
    fresh = [max(job.seeds) + 1 + k for k in range(plain["fresh"])]
    again = {name_of(one): trials.objectives(one, fresh) for one in front} if fresh else {}
    points = {name_of(one): value for one, value in found.items()}
    confirmed = confirm({name: points[name] for name in again}, again) if again else {}
    cost = {name_of(one): trials.total(one) for one in found}
    labels = {name_of(one): trials.label(one) for one in found}
    saved = {name_of(one): trials.saved(one, job.seeds) for one in found if one}
    return [front_sheet(points, confirmed, labels, cost, job.lang),
            returns_sheet(returns({name: cost[name] for name in saved}, saved), labels, len(job.seeds), job.lang),
            *_attributed(job, trials, best(front, trials, job.seeds))]


def best(front: Sequence[Portfolio], trials: Trials, seeds: Sequence[int]) -> Portfolio:
    """The portfolio of the front with the least mean loss."""
    return min(front, key=lambda one: float(trials.objectives(one, seeds)[:, 0].mean()))


def _attributed(job: Job, trials: Trials, chosen: Portfolio) -> list[Sheet]:
    from itertools import combinations

    from ..analysis.shapley import attribute, interactions
    from ..report.portfolios import pairs_sheet, shapley_sheet

    if not 1 < len(chosen) <= MOST:
        return []
    sets = [one for size in range(len(chosen) + 1) for one in combinations(chosen, size)]
    values = {frozenset(lever for lever, _ in one): trials.objectives(one, job.seeds)[:, 0] for one in sets}
    labels = {lever: trials.label(((lever, dose),)) for lever, dose in chosen}
    return [shapley_sheet(attribute(values), labels, "loss", len(job.seeds), job.lang),
            pairs_sheet(interactions(values), labels, "loss", len(job.seeds), job.lang)]
