"""The whole study in one command: `python -m experiments.when_levers_backfire`. Played runs are not played again."""

from __future__ import annotations

from pathlib import Path

from experiments.effects import played
from experiments.when_levers_backfire.figures import write

if __name__ == "__main__":
    cards = Path(__file__).parent / "cards"
    write(played("when_levers_backfire", "--config-dir", str(cards), seeds=(2, 4, 6, 8, 10)))
