"""The numbers that differ between the sets of a comparison, as they were played."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ...records.files.run_files import RunTables
from ..effects.arms import Arm

PREFIX, VARIANT_PREFIX = "model.", "behaviour="


def list_played_numbers(opened: RunTables, baseline: Arm, units: Sequence[int]) -> dict[str, np.ndarray]:
    """Dotted name of each number of the model that differs between units to float64[units]; then the variants.

    units: seeds of the baseline, one for each set. A variant, behaviour=NAME, is 1 where it was played and 0 elsewhere.
    """
    models = [opened.content[str(baseline.runs[seed].run["run"])].get("model") or {} for seed in units]
    flat = [dict(_flatten_numbers(model, PREFIX)) for model in models]
    found = {name: np.array([row.get(name, np.nan) for row in flat], np.float64) for name in (flat[0] if flat else ())}
    played = [str(baseline.runs[seed].run["behaviour"]) for seed in units]
    found |= {f"{VARIANT_PREFIX}{name}": np.array([one == name for one in played], np.float64)
              for name in dict.fromkeys(played)}
    return {name: values for name, values in found.items() if np.isfinite(values).all() and np.ptp(values) > 0}


def read_played_number(opened: RunTables, baseline: Arm, units: Sequence[int], name: str) -> np.ndarray:
    """float64[units]: one number of the model as each unit played it; NaN where a record lacks it."""
    _, group, number = name.split(".", 2)
    models = [opened.content[str(baseline.runs[seed].run["run"])].get("model") or {} for seed in units]
    return np.array([float((model.get(group) or {}).get(number, np.nan)) for model in models])


def _flatten_numbers(group: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, float]]:
    for name, value in group.items():
        if isinstance(value, Mapping):
            yield from _flatten_numbers(value, f"{prefix}{name}.")
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield f"{prefix}{name}", float(value)
