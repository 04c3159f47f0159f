"""Yearly costs of levers in the chosen territory, computed once by a background task and cached as a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..backend import get_backend
from ..data.workspace import SESSIONS_FOLDER, read_json_file
from . import background_tasks

if TYPE_CHECKING:
    from ..session import PageSession

PRICES_FOLDER = ".prices"


@dataclass(frozen=True)
class YearlyCost:
    """EUR a year: default, lowest, highest."""

    value: float
    low: float
    high: float


def load_lever_prices(session: PageSession) -> dict[str, Any] | None:
    """Map each lever to [[dose, EUR a year, lowest, highest], …]. None while it is computed, empty if it failed.

    Starts the computation if it has not been started.
    """
    territory, calendar = session.choices.scenario_overrides()
    overrides = [territory, calendar, "crisis=none"]
    key = hashlib.sha256(" ".join(overrides).encode()).hexdigest()[:16]
    file = session.workspace.root / SESSIONS_FOLDER / PRICES_FOLDER / f"{key}.json"
    prices = read_json_file(file)
    if isinstance(prices, dict):
        return prices
    if not background_tasks.was_task_started(file):
        try:
            background_tasks.start_task(file, get_backend().build_prices_command(overrides, file))
        except OSError:
            return {}
    return None if background_tasks.is_task_running(file) else read_json_file(file) or {}


def interpolate_yearly_cost(prices: dict[str, Any] | None, lever: str, dose: float) -> YearlyCost | None:
    """Yearly cost of a lever at a dose, interpolated between the doses that were priced; None if unknown."""
    try:
        rows = np.array((prices or {})[lever], np.float64)
        return YearlyCost(*(float(np.interp(dose, rows[:, 0], rows[:, k])) for k in (1, 2, 3)))
    except (KeyError, ValueError, IndexError):
        return None
