"""How many runs shared luck saves: variance of a lever's effect with independent seeds over that with paired seeds.

    python -m experiments.speed.pairs FOLDER [FOLDER ...]          of comparisons or studies already played
    python -m experiments.speed.pairs --play --seeds 20            plays every lever in every crisis in the village

The ratio of variances is the ratio of runs needed for one width of interval. Both variances come from the same runs:
independent arms would have var a + var b, paired ones have var (b - a). Its interval (Pitman and Morgan's, exact for
normal values) is wide below 50 seeds. A lever that changes nothing in a crisis has no ratio and is counted apart.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from pathlib import Path
from statistics import median

from simulator.analysis.effects.arms import arms, seeds_of
from simulator.analysis.effects.variance_reduction import gain
from simulator.records.folder import Opened
from simulator.records.results import open as open_results

HERE = Path(__file__).parent
CRISES = ("heatwave", "lockdown", "flood", "power_cut", "price_shock", "closure", "unrest", "housing_evacuation",
          "lift_or_heating_failure")
COLUMNS = ("context", "territory", "behaviour", "crises", "levers", "outcome", "seeds", "ratio", "low", "high")
OUTCOMES = ("loss", "never_reached")


def rows_of(opened: Opened) -> list[dict[str, object]]:
    """A row per context, arm and outcome."""
    found: list[dict[str, object]] = []
    for context in sorted(set(map(str, opened.tables["runs"]["context"]))):
        known = arms(opened, context)
        baseline = next((arm for arm in known if not arm.levers), None)
        if baseline is None:
            continue
        first = next(iter(baseline.runs.values())).run
        for arm in (one for one in known if one.levers):
            seeds = seeds_of([baseline, arm])
            for outcome in OUTCOMES:
                worth = gain(baseline.values(outcome, seeds), arm.values(outcome, seeds))
                found.append({"context": context, "territory": first["territory"], "behaviour": first["behaviour"],
                              "crises": first["crises"], "levers": "+".join(arm.levers), "outcome": outcome,
                              "seeds": worth.n, "ratio": worth.ratio, "low": worth.low, "high": worth.high})
    return found


def play_all(seeds: int, folder: Path) -> list[Path]:
    """Every lever against doing nothing in every crisis, in the village. Folders; those that exist are resumed."""
    folders = []
    for crisis in CRISES:
        folders.append(folder / crisis)
        command = [sys.executable, "-m", "simulator", "compare", "territory=village", f"crisis=[{crisis}]", "lever=all",
                   f"seeds={seeds}", f"results={folders[-1]}", "lang=en"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folders


def main() -> int:
    """Gather, print, write."""
    parser = argparse.ArgumentParser(prog="python -m experiments.speed.pairs", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--play", action="store_true")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--results", type=Path, default=Path("results") / "pairs")
    parser.add_argument("--out", type=Path, default=HERE / "pairs.csv")
    asked = parser.parse_args()
    if not asked.folders and not asked.play:
        parser.error("expected results folders, or --play")
    folders = asked.folders + (play_all(asked.seeds, asked.results) if asked.play else [])
    rows = [row for folder in folders for row in rows_of(open_results(folder).opened())]
    with asked.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({name: f"{value:.4g}" if isinstance(value, float) else value for name, value in row.items()}
                         for row in rows)
    for outcome in OUTCOMES:
        told = sorted(float(str(row["ratio"])) for row in rows if row["outcome"] == outcome
                      and row["ratio"] == row["ratio"])
        all_of_it = sum(row["outcome"] == outcome for row in rows)
        if told:
            print(f"{outcome}: median {median(told):.1f}, from {told[0]:.2f} to {told[-1]:,.0f}; "
                  f"{sum(one >= 20 for one in told)} of {len(told)} at 20 or more; "
                  f"{all_of_it - len(told)} where nothing changed")
    print(asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
