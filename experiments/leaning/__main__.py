"""Which assumed numbers the effect of the best lever leans on most, crisis by crisis, in a small territory.

    python -m experiments.leaning                      plays what is missing, writes configs/screening/leaning.csv

Comparisons that did not measure it themselves (lean=) say what was found here: see `simulator.report.brief.screening`. The
runs of the comparisons are those of `python -m experiments.speed.pairs --play --seeds 20`; the same folder serves both.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from experiments.speed.pairs import CRISES
from simulator.cards.reader import read
from simulator.report.brief.screening import SCREENED
from simulator.scenario.run import MODEL_VERSION

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "configs" / "screening" / "leaning.csv"
TERRITORY, KEPT = "village", 6
"""Where it is played, and numbers or sets kept for each crisis, the strongest first."""
ELSEWHERE = "lift_or_heating_failure"
SEVRAN = ["territory=three_sites", "territory.communes=[93071]", "territory.sites=[jardins_aurore]",
          "territory.around_km=0.15", "lever=[library_of_things,refuge_rooms,volunteer_reserve,building_referents]",
          "seeds=3"]
"""The crisis that takes nothing from a village, and the neighbourhood of Sevran (2,600 residents) where lifts fail,
with the levers that did best there (experiments/which_lever)."""
TINY = 1e-6
"""Person-days per resident below which an effect is none."""


def play(crisis: str, folder: Path, seeds: int, points: int) -> None:
    """Every lever against none, then the best two again with numbers moved. A folder that exists is resumed."""
    where = SEVRAN if crisis == ELSEWHERE else [f"territory={TERRITORY}", "lever=all", f"seeds={seeds}"]
    command = [sys.executable, "-m", "simulator", "compare", *where, f"crisis=[{crisis}]", f"lean={points}",
               f"results={folder}", "lang=en"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def strongest(crisis: str, table: Path) -> Iterator[dict[str, object]]:
    """Numbers moved alone, at the end that changes the effect most, and sets of which no part was tried, the strongest
    first. Nothing where the lever has no effect."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file)
                if row["change"] not in ("", "nan") and float(row["effect"]) < -TINY]
    rows.sort(key=lambda row: -abs(float(row["change"])))
    sets = [frozenset(row["numbers"].split("+")) for row in rows]
    leaves = [row for row, mine in zip(rows, sets) if not any(other < mine for other in sets)]
    once = {row["numbers"]: row for row in reversed(leaves)}
    for row in sorted(once.values(), key=lambda row: -abs(float(row["change"])))[:KEPT]:
        kept = {name: row[name] for name in SCREENED if name in row}
        card, _ = read(ROOT / "configs" / "lever" / f"{row['arm']}.yaml")
        names = {f"lever_{lang}": card[f"label_{lang}"] for lang in ("fr", "en")}
        yield {"crisis": crisis, **kept, **names, "model_version": MODEL_VERSION,
               "territory": "sevran" if crisis == ELSEWHERE else TERRITORY}


def main() -> int:
    """Play, gather, write."""
    parser = argparse.ArgumentParser(prog="python -m experiments.leaning", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, default=Path("results") / "pairs")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--points", type=int, default=30)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    asked = parser.parse_args()
    rows: list[dict[str, object]] = []
    for crisis in CRISES:
        folder = asked.results / (f"{crisis}_sevran" if crisis == ELSEWHERE else crisis)
        play(crisis, folder, asked.seeds, asked.points)
        rows += strongest(crisis, folder / "lean.csv")
    with asked.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, SCREENED, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _short(value) for name, value in row.items()} for row in rows)
    print(asked.out)
    return 0


def _short(value: object) -> object:
    try:
        return f"{float(str(value)):.4g}"
    except ValueError:
        return value


if __name__ == "__main__":
    sys.exit(main())
