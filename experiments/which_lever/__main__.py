"""The whole study in one command: `python -m experiments.which_lever`. What is played already is not played again."""

from __future__ import annotations

from experiments.effects import played
from experiments.which_lever.figures import write

if __name__ == "__main__":
    write(played("which_lever"))
