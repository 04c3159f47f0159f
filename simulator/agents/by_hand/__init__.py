"""Every stage, played resident by resident in plain Python: slow, readable, equal to the compiled loops bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

PHASES = ("hear", "join", "meet", "visit", "bind", "need", "cope", "ask", "aid", "relief", "reserve", "institution",
          "live", "fund", "equip", "prune_ties")
"""One module a phase, each with its HAND: stage name to twin."""


def twins() -> dict[str, Callable[..., Any]]:
    """Stage name to its twin: takes the compiled stage's arguments, preceded by the model."""
    modules = [import_module(f".{phase}", __name__) for phase in PHASES]
    return {stage: twin for module in modules for stage, twin in module.HAND.items()}
