"""`python -m experiments.calibration wave SIZE SEED TABLE` plays a wave; `… fit TABLE …` says what it leaves."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from .emulate import fitted, plausible
from .space import SPACE
from .wave import latin, play, read


def main(words: list[str]) -> None:
    """Play, or fit and tell."""
    if words[0] == "wave":
        size, seed = int(words[1]), int(words[2])
        play(latin(size, seed), [1000 * seed + k for k in range(size)], Path(words[3]))
        return
    names, rows = read([Path(word) for word in words[1:]])
    emulator = fitted(names, rows)
    print(f"{len(rows)} points")
    for pattern, error, explained in zip(emulator.patterns, emulator.error, emulator.explained, strict=True):
        print(f"{pattern:20s} left out: error {error:.3f}, explained {max(0.0, explained):.0%}")
    low, high = (np.array([SPACE[name][end] for name in SPACE]) for end in (0, 1))
    points, _ = plausible(emulator, low, high)
    print(f"{len(points)} plausible points")
    for k, name in enumerate(SPACE if len(points) > 1 else ()):
        shrunk = np.log(points[:, k]).std() / (np.log(high[k] / low[k]) / 12**0.5)
        print(f"{name:28s} {np.median(points[:, k]):.4g}, spread {shrunk:.0%} of the range searched")


if __name__ == "__main__":
    main(sys.argv[1:])
