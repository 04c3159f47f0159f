"""Variance reduction by common random numbers: variance of a lever's effect with independent over paired seeds.

    python -m experiments.speed.pairs FOLDER [FOLDER ...]          of comparisons or studies played before
    python -m experiments.speed.pairs --play --seeds 20            plays every lever in every crisis in the village

The ratio of variances is the ratio of runs needed for the same width of interval. Both variances come from the same
runs: var a + var b for independent arms, var (b - a) for paired ones. The interval of the ratio (Pitman and Morgan,
exact for normal values) is wide below 50 seeds. A lever that changes nothing in a crisis has no ratio and is counted
separately.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from pathlib import Path
from statistics import median

from simulator.analysis.effects.arms import collect_arms, list_observation_seeds
from simulator.analysis.effects.variance_reduction import measure_variance_reduction
from simulator.records.files.run_files import RunTables
from simulator.records.results import open as open_results

HERE = Path(__file__).parent
CRISES = ("heatwave", "lockdown", "flood", "power_cut", "price_shock", "closure", "unrest", "housing_evacuation",
          "lift_or_heating_failure")
COLUMNS = ("context", "territory", "behaviour", "crises", "levers", "outcome", "seeds", "ratio", "low", "high")
OUTCOMES = ("loss", "never_reached")


def list_ratios(opened: RunTables) -> list[dict[str, object]]:
    """A row of COLUMNS per context, arm and outcome."""
    found: list[dict[str, object]] = []
    for context in sorted(set(map(str, opened.tables["runs"]["context"]))):
        arms = collect_arms(opened, context)
        baseline = next((arm for arm in arms if not arm.levers), None)
        if baseline is None:
            continue
        first = next(iter(baseline.runs.values())).run
        for arm in (arm for arm in arms if arm.levers):
            seeds = list_observation_seeds([baseline, arm])
            for outcome in OUTCOMES:
                reduction = measure_variance_reduction(baseline.values(outcome, seeds), arm.values(outcome, seeds))
                found.append({"context": context, "territory": first["territory"], "behaviour": first["behaviour"],
                              "crises": first["crises"], "levers": "+".join(arm.levers), "outcome": outcome,
                              "seeds": reduction.n, "ratio": reduction.ratio, "low": reduction.low,
                              "high": reduction.high})
    return found


def play_comparisons(seeds: int, folder: Path) -> list[Path]:
    """Play every lever against none in every crisis, in the village. Returns the folders; existing ones are resumed."""
    folders = []
    for crisis in CRISES:
        folders.append(folder / crisis)
        command = [sys.executable, "-m", "simulator", "compare", "territory=village", f"crisis=[{crisis}]", "lever=all",
                   "uncertainty=seeds", f"seeds={seeds}", f"results={folders[-1]}", "lang=en"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folders


def main() -> int:
    """Collect ratios from all folders, print a summary, write them as CSV."""
    parser = argparse.ArgumentParser(prog="python -m experiments.speed.pairs", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--play", action="store_true")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--results", type=Path, default=Path("results") / "pairs")
    parser.add_argument("--out", type=Path, default=HERE / "pairs.csv")
    arguments = parser.parse_args()
    if not arguments.folders and not arguments.play:
        parser.error("expected results folders, or --play")
    folders = arguments.folders + (play_comparisons(arguments.seeds, arguments.results) if arguments.play else [])
    rows = [row for folder in folders for row in list_ratios(open_results(folder).opened())]
    with arguments.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({name: f"{value:.4g}" if isinstance(value, float) else value for name, value in row.items()}
                         for row in rows)
    for outcome in OUTCOMES:
        ratios = sorted(float(str(row["ratio"])) for row in rows if row["outcome"] == outcome
                        and row["ratio"] == row["ratio"])  # NaN where nothing changed
        count = sum(row["outcome"] == outcome for row in rows)
        if ratios:
            print(f"{outcome}: median {median(ratios):.1f}, from {ratios[0]:.2f} to {ratios[-1]:,.0f}; "
                  f"{sum(ratio >= 20 for ratio in ratios)} of {len(ratios)} at 20 or more; "
                  f"{count - len(ratios)} where nothing changed")
    print(arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
