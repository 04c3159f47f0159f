"""The whole study in one command: `python -m experiments.when_levers_backfire`. Only missing runs are played."""

from __future__ import annotations

from pathlib import Path

from experiments.effects import play_study
from experiments.when_levers_backfire.figures import write_results

if __name__ == "__main__":
    cards = Path(__file__).parent / "cards"
    write_results(play_study("when_levers_backfire", "--config-dir", str(cards), seeds=(2, 4, 6, 8, 10)))
