"""`resilience portfolio`: levers together under a yearly budget, found by search, confirmed with fresh seeds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...config.errors import UsageError, one_line, refused
from ...config.points import missing_extra
from ...config.resolve import Job
from ...studies import worker_pool
from ..jobs.job import carry_out
from ..jobs.trial import Trials

if TYPE_CHECKING:
    import numpy as np

    from ...analysis.portfolios.search import Limits, Portfolio
    from ...report.analysis_sheet import Sheet
    from ..cli.main import Line

MOST = 4
"""Levers of a portfolio whose every subset is played, to say what each brings; of more, orders are sampled."""
FIGURES = "analysis"


def command(line: Line) -> int:
    """Compose, check, search, confirm, tell. 1 if a run failed."""
    from ...analysis.extra import need

    try:
        need("optuna")
    except ModuleNotFoundError as problem:
        raise missing_extra(problem) from None
    return carry_out("portfolio", line, play_and_tell)


def play_and_tell(job: Job, folder: Path, lang: str) -> int:
    """Search, confirm what no other beats, attribute the best; print and write. 1 if a run failed."""
    from ...report.analysis_sheet import keep, write

    check(job)
    trials = Trials(job, folder, lang)
    try:
        with worker_pool.kept():
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
    for name, low, high in (("fresh", 0, 10_000), ("plays", 1, 100_000), ("orders", 0, 1000)):
        if not low <= plain[name] <= high:
            raise UsageError("whole", name=name, value=plain[name], low=low, high=high)
    for name in ("doses", "severities"):
        _numbers(name, plain[name])
    if plain["spare"] is not None and not 0 <= plain["spare"] < float("inf"):
        raise UsageError("wrong_type", name="spare", value=plain["spare"], expected="a number, 0 or more")
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
    """The front, who is left worse off, what money buys, what each lever of the best portfolio brings."""
    from ...analysis.portfolios.marginal_returns import returns
    from ...analysis.portfolios.pareto_front import confirm
    from ...analysis.portfolios.search import Limits, name_of, search
    from ...report.figures.portfolios import front_sheet, returns_sheet

    plain = job.plain
    doses = {lever.id: plain["doses"] if isinstance(plain["doses"], list) else [plain["doses"]] for lever in job.levers}
    limits = Limits(plain["budget"], plain["plays"], job.seeds[0], spared(job, trials))
    found = search(doses, trials.cost, lambda one: trials.objectives(one, job.seeds).mean(0), limits)
    front, every = front_of(found, limits), list(found)
    if limits.worse is not None:
        found = {one: value for one, value in found.items() if limits.worse(one) <= 0}
    fresh = [max(job.seeds) + 1 + k for k in range(plain["fresh"])]
    again = {name_of(one): trials.objectives(one, fresh) for one in front} if fresh else {}
    points = {name_of(one): value for one, value in found.items()}
    confirmed = confirm({name: points[name] for name in again}, again) if again else {}
    cost = {name_of(one): trials.total(one) for one in found}
    labels = {name_of(one): trials.label(one) for one in found}
    saved = {name_of(one): trials.saved(one, job.seeds) for one in found if one}
    return [front_sheet(points, confirmed, labels, cost, job.lang), *_fair(job, trials, (every, front), fresh),
            returns_sheet(returns({name: cost[name] for name in saved}, saved), labels, len(job.seeds), job.lang),
            *_attributed(job, trials, best(front, trials, job.seeds))]


def spared(job: Job, trials: Trials) -> Callable[[Portfolio], float] | None:
    """By how much a portfolio leaves the group that fares worst worse off than was allowed; None if nobody asked."""
    limit = job.plain["spare"]
    return None if limit is None else lambda one: trials.worst(one, job.seeds) - limit


def front_of(found: Mapping[Portfolio, np.ndarray], limits: Limits) -> list[Portfolio]:
    """Portfolios that no other beats, of those that keep the constraint. Doing nothing always keeps it."""
    import numpy as np

    from ...analysis.portfolios.pareto_front import on_front

    kept = [one for one in found if limits.worse is None or limits.worse(one) <= 0]
    return [one for one, on in zip(kept, on_front(np.array([found[one] for one in kept]))) if on]


def _fair(job: Job, trials: Trials, found: tuple[Sequence[Portfolio], Sequence[Portfolio]],
          fresh: Sequence[int]) -> list[Sheet]:
    """Who is left worse off by the portfolios of the front, by fresh seeds where there are any."""
    from ...analysis.portfolios.search import name_of
    from ...analysis.robustness.regret import fairness
    from ...report.figures.worse_off import spared_sheet

    limit, (every, front) = job.plain["spare"], found
    if limit is None:
        return []
    left = sum(trials.worst(one, job.seeds) > limit for one in every)
    seeds = list(fresh) or list(job.seeds)
    states = {name_of(one): fairness(trials.groups(one, seeds), limit) for one in front if one}
    labels = {name_of(one): trials.label(one) for one in front}
    return [spared_sheet(states, labels, (left, len(every)), limit, job.lang)]


def best(front: Sequence[Portfolio], trials: Trials, seeds: Sequence[int]) -> Portfolio:
    """The portfolio of the front with the least mean loss."""
    return min(front, key=lambda one: float(trials.objectives(one, seeds)[:, 0].mean()))


def _attributed(job: Job, trials: Trials, chosen: Portfolio) -> list[Sheet]:
    from itertools import combinations

    from ...analysis.portfolios.shapley import attribute, interactions
    from ...report.figures.portfolios import pairs_sheet, shapley_sheet

    if len(chosen) < 2:
        return []
    labels = {lever: trials.label(((lever, dose),)) for lever, dose in chosen}
    if len(chosen) > MOST:
        return _sampled(job, trials, chosen, labels)
    sets = [one for size in range(len(chosen) + 1) for one in combinations(chosen, size)]
    values = {frozenset(lever for lever, _ in one): trials.objectives(one, job.seeds)[:, 0] for one in sets}
    return [shapley_sheet(attribute(values), labels, "loss", len(job.seeds), job.lang),
            pairs_sheet(interactions(values), labels, "loss", len(job.seeds), job.lang)]


def _sampled(job: Job, trials: Trials, chosen: Portfolio, labels: Mapping[str, dict[str, str]]) -> list[Sheet]:
    """Shares out of random orders of levers, where every subset would be too many."""
    from ...analysis.portfolios.shapley import from_orders
    from ...report.figures.portfolios import shapley_sheet

    orders = job.plain["orders"]
    if not orders:
        return []
    doses = dict(chosen)

    def value(levers: frozenset[str]) -> float:
        portfolio = tuple(sorted((lever, doses[lever]) for lever in levers))
        return float(trials.objectives(portfolio, job.seeds)[:, 0].mean())

    found = from_orders([lever for lever, _ in chosen], value, orders, job.seeds[0])
    return [shapley_sheet(found, labels, "loss", len(job.seeds), job.lang, orders)]
