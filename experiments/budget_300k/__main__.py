"""The whole study in one command: `python -m experiments.budget_300k`. What is played already is not played again."""

from __future__ import annotations

import argparse
import csv
import shutil
from pathlib import Path
from typing import Any

from experiments.budget_300k.figures import HERE, bars, front, paint, read, save, write
from simulator.analysis.portfolios.search import Portfolio
from simulator.app.cli.main import main
from simulator.app.jobs.trial import Trials
from simulator.config.compose import compose
from simulator.config.resolve import settle
from simulator.report.figures.style import look

LEVERS = ("building_referents", "cash", "coordinator", "emergency_fund", "fans", "institutional_capacity",
          "know_how_exchange", "library_of_things", "outreach", "phone_tree_and_register", "preparedness_training",
          "refuge_rooms", "solidarity_price", "volunteer_reserve")
WORDS = (f"lever=[{','.join(LEVERS)}]", "territory=three_sites", "territory.around_km=0.15", "severities=[1]",
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
"""What the choice is tried under, with seeds that the search did not know."""
FRESH = (11, 12)
KEPT = 2
"""Portfolios tried under every condition: those that lost least with fresh seeds."""


def words(*groups: tuple[str, ...]) -> list[str]:
    """The words of all groups; of two that say the same setting the later one."""
    return list({word.partition("=")[0]: word for group in groups for word in group}.values())


def chosen(folder: Path) -> list[Portfolio]:
    """The portfolios to try: of the front, by loss with fresh seeds, doing nothing left out."""
    with open(folder / "analysis" / "front.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["levers"] != "none" and row["fresh_loss"]]
    names = [row["levers"] for row in sorted(rows, key=lambda row: float(row["fresh_loss"]))[:KEPT]]
    return [tuple((lever, float(dose or 1)) for lever, _, dose in (part.partition("*") for part in name.split("+")))
            for name in names]


def tried(folder: Path, portfolios: list[Portfolio], more: tuple[str, ...]) -> list[dict[str, Any]]:
    """One row per condition, portfolio and seed: change of loss against doing nothing with the same luck."""
    rows = []
    for condition, own in CONDITIONS.items():
        trials = Trials(settle("portfolio", compose("portfolio", words(WORDS, own, more), [])), folder, "en")
        for portfolio in portfolios:
            changes, lost = trials.objectives(portfolio, FRESH)[:, 0], trials.values((), FRESH)[:, 0, 0]
            rows += [{"condition": condition, "portfolio": "+".join(lever for lever, _ in portfolio), "seed": seed,
                      "cost_a_year": trials.cost(portfolio), "loss_without": without, "change": change}
                     for seed, without, change in zip(FRESH, lost, changes)]
    return rows


def attributed(folder: Path, portfolio: Portfolio, more: tuple[str, ...]) -> list[dict[str, Any]]:
    """One row per lever of a portfolio and seed: what it changes alone, and when it joins all the others."""
    trials = Trials(settle("portfolio", compose("portfolio", words(WORDS, CHAIN, more), [])), folder, "en")
    full, rows = trials.objectives(portfolio, FRESH)[:, 0], []
    for lever in portfolio:
        rest = tuple(other for other in portfolio if other != lever)
        changes = zip(FRESH, trials.objectives((lever,), FRESH)[:, 0], full - trials.objectives(rest, FRESH)[:, 0])
        rows += [{"lever": lever[0], "seed": seed, "cost_a_year": trials.cost((lever,)), "alone": alone, "last": last}
                 for seed, alone, last in changes]
    return rows


def study() -> None:
    """Search, try what was found under other conditions, say what each lever brings, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=Path, nargs="?", default=Path("results/budget_300k"))
    parser.add_argument("words", nargs="*", help="words for resilience portfolio, such as workers=2")
    said = parser.parse_args()
    code = main(["portfolio", *words(WORDS, CHAIN, SEARCH, tuple(said.words)), f"results={said.results}"])
    if code:
        raise SystemExit(code)
    found = said.results / "analysis"
    for name in ("front.csv", "returns.csv", "shapley.csv", "spared.csv"):
        if (found / name).is_file():
            shutil.copyfile(found / name, HERE / name)
    with look():
        save("front", front(read("front")))
    portfolios, more = chosen(said.results), tuple(said.words)
    write("attributed", attributed(said.results, portfolios[0], more), bars)
    write("tried", tried(said.results, portfolios, more), paint)


if __name__ == "__main__":
    study()
