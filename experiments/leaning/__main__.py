"""Assumption screening, once for every crisis: which assumed numbers change the best lever's effect most.

    python -m experiments.leaning                      plays what is missing, writes configs/screening/leaning.csv

Comparisons without a screening of their own (lean=) report these results, see
`simulator.report.sheets.reference_screening`. The runs are those of
`python -m experiments.speed.pairs --play --seeds 20`; both use the same folder.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from experiments.speed.pairs import CRISES
from simulator.cards.reader import read_yaml_card
from simulator.report.sheets.reference_screening import SCREENING_COLUMNS
from simulator.scenario.run import MODEL_VERSION

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "configs" / "screening" / "leaning.csv"
TERRITORY, KEPT = "village", 6
"""The territory, and how many numbers or sets are kept for each crisis, the strongest first."""
LIFT_FAILURE = "lift_or_heating_failure"
SEVRAN = ["territory=three_sites", "territory.communes=[93071]", "territory.sites=[jardins_aurore]",
          "territory.around_km=0.15", "lever=[library_of_things,refuge_rooms,volunteer_reserve,building_referents]",
          "seeds=3"]
"""A failure of lifts causes no loss in a village. It is played in a neighbourhood of Sevran (2,600 residents), with the
levers that did best there (experiments/which_lever)."""
TINY = 1e-6
"""Person-days per resident below which an effect counts as zero."""


def play_screening(crisis: str, folder: Path, seeds: int, points: int) -> None:
    """Compare every lever with none, then play the best two again with changed numbers. Resumes an existing folder."""
    where = SEVRAN if crisis == LIFT_FAILURE else [f"territory={TERRITORY}", "lever=all", f"seeds={seeds}"]
    command = [sys.executable, "-m", "simulator", "compare", *where, f"crisis=[{crisis}]", f"lean={points}",
               "uncertainty=seeds",  # numbers are moved one set at a time from the defaults
               f"results={folder}", "lang=en"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def list_strongest(crisis: str, table: Path) -> Iterator[dict[str, object]]:
    """The KEPT rows of lean.csv with the largest change, strongest first; none where the lever has no effect.

    Rows are single numbers, at the end of their range that changes the effect most, and sets that were not divided.
    """
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file)
                if row["change"] not in ("", "nan") and float(row["effect"]) < -TINY]
    rows.sort(key=lambda row: -abs(float(row["change"])))
    sets = [frozenset(row["numbers"].split("+")) for row in rows]
    undivided = [row for row, numbers in zip(rows, sets) if not any(other < numbers for other in sets)]
    strongest = {row["numbers"]: row for row in reversed(undivided)}
    for row in sorted(strongest.values(), key=lambda row: -abs(float(row["change"])))[:KEPT]:
        kept = {name: row[name] for name in SCREENING_COLUMNS if name in row}
        card, _ = read_yaml_card(ROOT / "configs" / "lever" / f"{row['arm']}.yaml")
        names = {f"lever_{lang}": card[f"label_{lang}"] for lang in ("fr", "en")}
        yield {"crisis": crisis, **kept, **names, "model_version": MODEL_VERSION,
               "territory": "sevran" if crisis == LIFT_FAILURE else TERRITORY}


def main() -> int:
    """Play all crises, collect the strongest numbers, write them as CSV."""
    parser = argparse.ArgumentParser(prog="python -m experiments.leaning", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, default=Path("results") / "pairs")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--points", type=int, default=30)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    rows: list[dict[str, object]] = []
    for crisis in CRISES:
        folder = arguments.results / (f"{crisis}_sevran" if crisis == LIFT_FAILURE else crisis)
        play_screening(crisis, folder, arguments.seeds, arguments.points)
        rows += list_strongest(crisis, folder / "lean.csv")
    with arguments.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, SCREENING_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _format_cell(value) for name, value in row.items()} for row in rows)
    print(arguments.out)
    return 0


def _format_cell(value: object) -> object:
    try:
        return f"{float(str(value)):.4g}"
    except ValueError:
        return value


if __name__ == "__main__":
    sys.exit(main())
