"""Adapters for libraries that explore models, EMA Workbench and SALib: a few lines each (extra `analysis`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..analysis.optional_libraries import import_optional
from ..config.parameter_ranges import list_parameter_ranges
from .configuration import Configuration
from .run_result import Metric
from .runs import OUTCOMES_KEY, run, run_many
from .setting_words import normalise_settings


def to_ema_model(configuration: Configuration, vary: Mapping[str, tuple[float, float] | str],
                 outcomes: Sequence[str | Metric] = ("loss",), levers: Sequence[str] = ()) -> Any:
    """An ema_workbench.Model that simulates one run an experiment, in this process.

    vary: dotted name to (low, high) or "declared", as in `sample`; each becomes a RealParameter whose name has __ for
    the dot. levers: names of cards, each a lever of EMA, on or off. The seed is its constant `seed`.
    """
    ema = import_optional("ema_workbench")
    bounds = _resolve_bounds(vary)
    names = [one if isinstance(one, str) else one.__name__ for one in outcomes]

    def simulate(seed: int = 1, **values: float) -> dict[str, float]:
        chosen = [lever for lever in levers if values.pop(lever, False)]
        point = {name: float(values[name.replace(".", "__")]) for name in bounds}
        found = run(configuration.at_point(point).run(seed, chosen or None))
        return {name: found.outcomes[one] if isinstance(one, str) else one(found.view)
                for name, one in zip(names, outcomes)}

    model = ema.Model("resilience", function=simulate)
    model.uncertainties = [ema.RealParameter(name.replace(".", "__"), *map(float, ends))
                           for name, ends in bounds.items()]
    model.levers = [ema.BooleanParameter(lever) for lever in levers]
    model.constants = [ema.Constant("seed", 1)]
    model.outcomes = [ema.ScalarOutcome(name) for name in names]
    return model


def to_salib_problem(vary: Mapping[str, tuple[float, float] | str]) -> dict[str, Any]:
    """The `problem` of SALib over settings: dotted name to (low, high), or to "declared" for a number's own range."""
    bounds = _resolve_bounds(vary)
    return {"num_vars": len(bounds), "names": list(bounds),
            "bounds": [[float(low), float(high)] for low, high in bounds.values()]}


def _resolve_bounds(vary: Mapping[str, tuple[float, float] | str]) -> dict[str, Any]:
    """Dotted name to (low, high); "declared" is a number's own range."""
    ranges = list_parameter_ranges()
    return {name: ranges[name] if ends == "declared" else ends for name, ends in normalise_settings(vary).items()}


def evaluate_salib(configuration: Configuration, problem: Mapping[str, Any], values: np.ndarray,
                   outcome: str | Metric = "loss", **options: Any) -> np.ndarray:
    """float64[rows]: the outcome at each row of a SALib sample float64[rows, settings], mean over seeds.

    options: seeds, workers, store and progress of `run_many`. Rows keep their order, as SALib's analyses expect.
    """
    columns = {name: [float(value) for value in column] for name, column in zip(problem["names"], values.T)}
    points = [configuration.at_point(dict(zip(columns, row))) for row in zip(*columns.values())]
    frame = run_many(points, outcomes=[outcome], **options)
    found: np.ndarray = frame.groupby("point", sort=True)[frame.attrs[OUTCOMES_KEY][0]].mean().to_numpy()
    return found


def save_network(graph: Any, file: str | Path) -> str:
    """Write the edges of a NetworkX graph as a CSV of pairs for network=; the file's path.

    Nodes are positions of adults, 0 to n - 1, in the order of residents' uids; a graph with other nodes is numbered in
    its own order.
    """
    nodes = list(graph.nodes)
    position = {node: node if isinstance(node, int) else k for k, node in enumerate(nodes)}
    lines = [f"{position[a]},{position[b]}" for a, b in graph.edges if a != b]
    Path(file).write_text("\n".join(["source,target", *lines]) + "\n", encoding="utf-8")
    return str(file)
