"""The whole study in one command: `python -m experiments.doses` (see arms.py for its words)."""

from __future__ import annotations

import sys

from experiments.doses.arms import main

if __name__ == "__main__":
    main(sys.argv[1:])
