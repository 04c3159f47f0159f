"""What levers cost in the chosen territory: worked out once by a process of its own, kept beside the sessions."""

from __future__ import annotations

import hashlib
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .door import door
from .workspace import SESSIONS, read_json

if TYPE_CHECKING:
    from .state import State

FOLDER = ".prices"
_asked: dict[Path, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Money:
    """EUR a year: default, lowest, highest."""

    value: float
    low: float
    high: float


def prices(here: State) -> dict[str, Any] | None:
    """Lever to [[dose, EUR a year, lowest, highest], …]; None while it is being worked out, empty if it cannot be."""
    words = [*here.choices.place()[:1], *here.choices.place()[2:], "crisis=none"]
    key = hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
    file = here.workspace.root / SESSIONS / FOLDER / f"{key}.json"
    found = read_json(file)
    if isinstance(found, dict):
        return found
    if file not in _asked:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            silent = subprocess.DEVNULL
            _asked[file] = subprocess.Popen(list(door().prices(words, file)), stdin=silent, stdout=silent,
                                            stderr=silent, start_new_session=True)
        except OSError:
            return {}
    return None if _asked[file].poll() is None else read_json(file) or {}


def money(known: dict[str, Any] | None, lever: str, dose: float) -> Money | None:
    """What a lever costs a year at a dose, between the doses that were priced; None if that is not known."""
    try:
        rows = np.array((known or {})[lever], np.float64)
        return Money(*(float(np.interp(dose, rows[:, 0], rows[:, k])) for k in (1, 2, 3)))
    except (KeyError, ValueError, IndexError):
        return None


def stop() -> None:
    """End what is still being worked out: the server is closing."""
    for process in _asked.values():
        if process.poll() is None:
            with suppress(OSError):
                process.terminate()
    _asked.clear()
