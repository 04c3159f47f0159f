"""`resilience portfolio`: searches for combinations of levers within a yearly budget; confirms them on fresh seeds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...config.errors import UsageError, flatten_text, missing_extra_error, to_usage_error
from ...config.job import Job
from ...i18n.plain_text import make_printable
from ...i18n.translation import Message
from ...studies import worker_pool
from ..jobs.job_runner import run_job
from ..jobs.portfolio_evaluator import PortfolioEvaluator

if TYPE_CHECKING:
    import numpy as np

    from ...analysis.portfolios.portfolio_search import PortfolioDoses, SearchLimits
    from ...report.sheets.analysis_sheet import AnalysisSheet
    from ..cli.main import CommandLine

MAX_EXACT_LEVERS = 4
"""Levers up to which every subset is played to attribute the effect; beyond, orders of levers are sampled."""
ANALYSIS_FOLDER = "analysis"


def command(line: CommandLine) -> int:
    """Compose, check, search, confirm, report. Exit code 1 if a run failed."""
    from ...analysis.optional_libraries import import_optional

    try:
        import_optional("optuna")
    except ModuleNotFoundError as problem:
        raise missing_extra_error(problem) from None
    return run_job("portfolio", line, simulate_portfolios)


def simulate_portfolios(job: Job, folder: Path, lang: str) -> int:
    """Search, confirm the Pareto front, attribute the best portfolio; print and write. Exit code 1 if a run failed."""
    from ...report.sheets.analysis_sheet import write_sheets, write_text_atomic

    check_portfolio_settings(job)
    evaluator = PortfolioEvaluator(job, folder, lang)
    try:
        with worker_pool.keep_workers():
            sheets = search_and_confirm(job, evaluator)
    except RuntimeError as problem:
        print(f"resilience: {flatten_text(problem)}", file=sys.stderr)
        return 1
    text = "\n\n".join(sheet.text.rstrip("\n") for sheet in sheets) + "\n"
    print(text)
    write_text_atomic(folder / ANALYSIS_FOLDER / "analysis.txt", make_printable(text))
    write_sheets(sheets, folder / ANALYSIS_FOLDER)
    return 0


def check_portfolio_settings(job: Job) -> None:
    """UsageError for the first setting of `portfolio` that is out of range, or for a lever without a fixed start."""
    settings = job.settings
    for name, low, high in (("fresh", 0, 10_000), ("plays", 1, 100_000), ("orders", 0, 1000)):
        if not low <= settings[name] <= high:
            raise UsageError("{name} = {value!r}: expected a whole number, {low} to {high}", name=name,
                             value=settings[name], low=low, high=high)
    for name in ("doses", "severities"):
        _check_positive_numbers(name, settings[name])
    if settings["spare"] is not None and not 0 <= settings["spare"] < float("inf"):
        raise UsageError("{name} = {value!r}: expected {expected}", name="spare", value=settings["spare"],
                         expected="a number, 0 or more")
    if not 0 < settings["budget"] < float("inf"):
        raise UsageError("{name} = {value!r}: expected a number above 0", name="budget", value=settings["budget"])
    if not job.levers:
        raise UsageError("compare needs at least one lever: lever=coordinator, lever=[a,b] or lever=all "
                         "(resilience describe levers)")
    for lever in job.levers:
        if lever.window.trigger:
            raise to_usage_error(Message("lever {name}: starts on a trigger, so that its yearly cost is not known "
                                         "beforehand: expected a date; leave it out", name=lever.id))


def _check_positive_numbers(name: str, value: Any) -> None:
    listed = value if isinstance(value, list) else [value]
    if not listed or any(isinstance(one, bool) or not isinstance(one, int | float) or one <= 0 for one in listed):
        raise UsageError("{name} = {value!r}: expected {expected}", name=name, value=value,
                         expected="a list of numbers above 0, such as [0.5,1]")


def search_and_confirm(job: Job, evaluator: PortfolioEvaluator) -> list[AnalysisSheet]:
    """The sheets: Pareto front, groups left worse off, marginal returns on money, attribution of the best portfolio."""
    from ...analysis.portfolios.marginal_returns import build_returns_curve
    from ...analysis.portfolios.pareto_front import confirm_front
    from ...analysis.portfolios.portfolio_search import SearchLimits, format_portfolio, search_portfolios
    from ...report.sheets.portfolios import build_front_sheet, build_returns_sheet

    settings = job.settings
    doses = settings["doses"] if isinstance(settings["doses"], list) else [settings["doses"]]
    limits = SearchLimits(settings["budget"], settings["plays"], job.seeds[0], build_harm_constraint(job, evaluator))
    found = search_portfolios({lever.id: doses for lever in job.levers}, evaluator.yearly_cost,
                              lambda one: evaluator.objectives(one, job.seeds).mean(0), limits)
    front, tried = select_feasible_front(found, limits), list(found)
    if limits.violation is not None:
        found = {one: value for one, value in found.items() if limits.violation(one) <= 0}
    fresh = [max(job.seeds) + 1 + k for k in range(settings["fresh"])]
    confirmation = {format_portfolio(one): evaluator.objectives(one, fresh) for one in front} if fresh else {}
    points = {format_portfolio(one): value for one, value in found.items()}
    confirmed = confirm_front({name: points[name] for name in confirmation}, confirmation) if confirmation else {}
    cost = {format_portfolio(one): evaluator.total_cost(one) for one in found}
    labels = {format_portfolio(one): evaluator.labels(one) for one in found}
    saved = {format_portfolio(one): evaluator.avoided_loss(one, job.seeds) for one in found if one}
    curve = build_returns_curve({name: cost[name] for name in saved}, saved)
    return [build_front_sheet(points, confirmed, labels, cost, job.lang),
            *_report_worse_off(job, evaluator, (tried, front), fresh),
            build_returns_sheet(curve, labels, len(job.seeds), job.lang),
            *_attribute_to_levers(job, evaluator, select_best_portfolio(front, evaluator, job.seeds))]


def build_harm_constraint(job: Job, evaluator: PortfolioEvaluator) -> Callable[[PortfolioDoses], float] | None:
    """Portfolio to the rise of its worst-off group's loss beyond the limit spare=, person-days per resident.

    At most 0 where the constraint is met. None without spare=.
    """
    limit = job.settings["spare"]
    return None if limit is None else lambda one: evaluator.worst_group_change(one, job.seeds) - limit


def select_feasible_front(found: Mapping[PortfolioDoses, np.ndarray], limits: SearchLimits) -> list[PortfolioDoses]:
    """The Pareto front among portfolios that meet the constraint. Doing nothing always meets it."""
    import numpy as np

    from ...analysis.portfolios.pareto_front import mark_pareto_front

    feasible = [one for one in found if limits.violation is None or limits.violation(one) <= 0]
    return [one for one, on in zip(feasible, mark_pareto_front(np.array([found[one] for one in feasible]))) if on]


def _report_worse_off(job: Job, evaluator: PortfolioEvaluator,
                      tried_and_front: tuple[Sequence[PortfolioDoses], Sequence[PortfolioDoses]],
                      fresh: Sequence[int]) -> list[AnalysisSheet]:
    """The sheet of groups that portfolios of the front leave worse off, by fresh seeds where there are any."""
    from ...analysis.portfolios.portfolio_search import format_portfolio
    from ...analysis.robustness.regret import check_worse_off
    from ...report.sheets.worse_off import build_worse_off_sheet

    limit, (tried, front) = job.settings["spare"], tried_and_front
    if limit is None:
        return []
    rejected = sum(evaluator.worst_group_change(one, job.seeds) > limit for one in tried)
    seeds = list(fresh) or list(job.seeds)
    states = {format_portfolio(one): check_worse_off(evaluator.group_loss_changes(one, seeds), limit)
              for one in front if one}
    labels = {format_portfolio(one): evaluator.labels(one) for one in front}
    return [build_worse_off_sheet(states, labels, (rejected, len(tried)), limit, job.lang)]


def select_best_portfolio(front: Sequence[PortfolioDoses], evaluator: PortfolioEvaluator,
                          seeds: Sequence[int]) -> PortfolioDoses:
    """The portfolio of the front with the least mean loss."""
    return min(front, key=lambda one: float(evaluator.objectives(one, seeds)[:, 0].mean()))


def _attribute_to_levers(job: Job, evaluator: PortfolioEvaluator, chosen: PortfolioDoses) -> list[AnalysisSheet]:
    """What each lever of a portfolio contributes to its mean loss (Shapley values), and interactions of pairs."""
    from itertools import combinations

    from ...analysis.portfolios.shapley import compute_shapley_interactions, compute_shapley_values
    from ...report.sheets.portfolios import build_interaction_sheet, build_shapley_sheet

    if len(chosen) < 2:
        return []
    labels = {lever: evaluator.labels(((lever, dose),)) for lever, dose in chosen}
    if len(chosen) > MAX_EXACT_LEVERS:
        return _attribute_by_permutations(job, evaluator, chosen, labels)
    sets = [one for size in range(len(chosen) + 1) for one in combinations(chosen, size)]
    values = {frozenset(lever for lever, _ in one): evaluator.objectives(one, job.seeds)[:, 0] for one in sets}
    return [build_shapley_sheet(compute_shapley_values(values), labels, "loss", len(job.seeds), job.lang),
            build_interaction_sheet(compute_shapley_interactions(values), labels, "loss", len(job.seeds), job.lang)]


def _attribute_by_permutations(job: Job, evaluator: PortfolioEvaluator, chosen: PortfolioDoses,
                               labels: Mapping[str, dict[str, str]]) -> list[AnalysisSheet]:
    """Shapley values estimated from random orders of levers, for portfolios with too many subsets to play."""
    from ...analysis.portfolios.shapley import estimate_shapley_values
    from ...report.sheets.portfolios import build_shapley_sheet

    orders = job.settings["orders"]
    if not orders:
        return []
    doses = dict(chosen)

    def value(levers: frozenset[str]) -> float:
        portfolio = tuple(sorted((lever, doses[lever]) for lever in levers))
        return float(evaluator.objectives(portfolio, job.seeds)[:, 0].mean())

    shares = estimate_shapley_values([lever for lever, _ in chosen], value, orders, job.seeds[0])
    return [build_shapley_sheet(shares, labels, "loss", len(job.seeds), job.lang, orders)]
