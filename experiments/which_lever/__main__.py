"""The whole study in one command: `python -m experiments.which_lever`. Only missing runs are played."""

from __future__ import annotations

from experiments.effects import play_study
from experiments.which_lever.figures import write_results

if __name__ == "__main__":
    write_results(play_study("which_lever"))
