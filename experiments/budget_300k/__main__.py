"""The whole study in one command: `python -m experiments.budget_300k`. Only missing runs are played."""

from __future__ import annotations

import argparse
import csv
import shutil
from pathlib import Path
from typing import Any

from experiments.budget_300k.figures import (
    HERE,
    draw_conditions,
    draw_front,
    draw_lever_effects,
    read_table,
    save_figure,
    write_table,
)
from simulator.analysis.portfolios.portfolio_search import PortfolioDoses
from simulator.app.cli.main import main as run_command
from simulator.app.jobs.portfolio_evaluator import PortfolioEvaluator
from simulator.config.compose import compose_config
from simulator.config.job import resolve_job
from simulator.report.figures.style import use_figure_style

LEVERS = ("building_referents", "cash", "coordinator", "emergency_fund", "fans", "institutional_capacity",
          "know_how_exchange", "library_of_things", "outreach", "phone_tree_and_register", "preparedness_training",
          "refuge_rooms", "solidarity_price", "volunteer_reserve")
BASE = (f"lever=[{','.join(LEVERS)}]", "territory=three_sites", "territory.around_km=0.15", "severities=[1]",
        "calendar.recovery_days=14", "threads=1", "lang=en")
CHAIN = ("crisis=[power_cut,lockdown,heatwave]", "calendar.horizon_days=300")
SEARCH = ("budget=300000", "plays=64", "seeds=2", "fresh=2", "orders=8", "spare=0.005")
CONDITIONS = {
    "as searched": CHAIN,
    "selection only": (*CHAIN, "behaviour=selection_only"),
    "socialisation only": (*CHAIN, "behaviour=socialisation_only"),
    "power cut alone": ("crisis=power_cut", "calendar.horizon_days=120"),
    "lockdown alone": ("crisis=lockdown", "calendar.horizon_days=120"),
    "heat wave alone": ("crisis=heatwave", "calendar.horizon_days=120"),
}
"""Conditions under which the chosen portfolios are evaluated again."""
FRESH = (11, 12)
"""Seeds that the search did not use."""
KEPT = 2
"""Number of portfolios evaluated under every condition: those with the least loss on fresh seeds."""


def merge_overrides(*groups: tuple[str, ...]) -> list[str]:
    """The words of all groups; the last one where several set the same setting."""
    return list({word.partition("=")[0]: word for group in groups for word in group}.values())


def select_portfolios(folder: Path) -> list[PortfolioDoses]:
    """The portfolios to evaluate: the KEPT best of the front by loss with fresh seeds, without the empty one."""
    with open(folder / "analysis" / "front.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["levers"] != "none" and row["fresh_loss"]]
    names = [row["levers"] for row in sorted(rows, key=lambda row: float(row["fresh_loss"]))[:KEPT]]
    return [tuple((lever, float(dose or 1)) for lever, _, dose in (part.partition("*") for part in name.split("+")))
            for name in names]


def create_evaluator(folder: Path, overrides: list[str]) -> PortfolioEvaluator:
    """An evaluator of portfolios for these settings, whose runs are stored in `folder`."""
    return PortfolioEvaluator(resolve_job("portfolio", compose_config("portfolio", overrides, [])), folder, "en")


def evaluate_under_conditions(folder: Path, portfolios: list[PortfolioDoses],
                              more: tuple[str, ...]) -> list[dict[str, Any]]:
    """A row per condition, portfolio and seed: change of loss against the run without levers and the same seed."""
    rows = []
    for condition, settings in CONDITIONS.items():
        evaluator = create_evaluator(folder, merge_overrides(BASE, settings, more))
        for portfolio in portfolios:
            changes = evaluator.objectives(portfolio, FRESH)[:, 0]
            losses = evaluator.measured_values((), FRESH)[:, 0, 0]
            rows += [{"condition": condition, "portfolio": "+".join(lever for lever, _ in portfolio), "seed": seed,
                      "cost_a_year": evaluator.yearly_cost(portfolio), "loss_without": without, "change": change}
                     for seed, without, change in zip(FRESH, losses, changes)]
    return rows


def attribute_effects(folder: Path, portfolio: PortfolioDoses, more: tuple[str, ...]) -> list[dict[str, Any]]:
    """A row per lever of a portfolio and seed: what it changes alone, and as the last to join the others."""
    evaluator = create_evaluator(folder, merge_overrides(BASE, CHAIN, more))
    full, rows = evaluator.objectives(portfolio, FRESH)[:, 0], []
    for lever in portfolio:
        rest, cost = tuple(other for other in portfolio if other != lever), evaluator.yearly_cost((lever,))
        alone, last = evaluator.objectives((lever,), FRESH)[:, 0], full - evaluator.objectives(rest, FRESH)[:, 0]
        rows += [{"lever": lever[0], "seed": seed, "cost_a_year": cost, "alone": alone[k], "last": last[k]}
                 for k, seed in enumerate(FRESH)]
    return rows


def main() -> None:
    """Search, evaluate the best portfolios under other conditions, attribute effects to levers, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=Path, nargs="?", default=Path("results/budget_300k"))
    parser.add_argument("words", nargs="*", help="words for resilience portfolio, such as workers=2")
    arguments = parser.parse_args()
    results, more = arguments.results, tuple(arguments.words)
    code = run_command(["portfolio", *merge_overrides(BASE, CHAIN, SEARCH, more), f"results={results}"])
    if code:
        raise SystemExit(code)
    analysis = results / "analysis"
    for name in ("front.csv", "returns.csv", "shapley.csv", "spared.csv"):
        if (analysis / name).is_file():
            shutil.copyfile(analysis / name, HERE / name)
    with use_figure_style():
        save_figure("front", draw_front(read_table("front")))
    portfolios = select_portfolios(results)
    write_table("attributed", attribute_effects(results, portfolios[0], more), draw_lever_effects)
    write_table("tried", evaluate_under_conditions(results, portfolios, more), draw_conditions)


if __name__ == "__main__":
    main()
