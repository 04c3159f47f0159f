"""Outcomes of the plain Mesa model beside those of the compiled loops, after the stretch that is timed.

The two draw other random numbers and the plain model leaves things out, so outcomes are close, not equal. How close is
given as a ratio with its standard error over seeds.
"""

from __future__ import annotations

from statistics import mean, stdev
from typing import Any

import numpy as np

from simulator.engine.loop import Engine, set_num_threads
from simulator.kernel.slot_arrays import to_dense_array
from simulator.scenario.run import Run
from simulator.world.ties.network import mark_living_adults
from simulator.world.world import World

from .plain_mesa import Heat, TownModel
from .rates import list_measured_steps
from .town import build_heat_run, build_small_town


def measure_world(world: World) -> dict[str, float]:
    """Means over residents aged 15+: ties, trust of a tie, share of members, sites known, power to act."""
    people, ties = world.people, world.ties
    adult = mark_living_adults(people)
    return {"ties": float(ties.degree[adult].mean()),
            "trust": float(to_dense_array(ties.trust).sum() / ties.degree.sum()),
            "members": float((people.member[adult] >= 0).mean()),
            "sites known": float(np.bitwise_count(people.aware[adult]).mean()),
            "power to act": float(people.agency[adult].mean())}


def measure_town(town: TownModel) -> dict[str, float]:
    """The same of a plain Mesa model."""
    adults = town.adults
    trusts = [tie.trust for adult in adults for tie in adult.ties.values()]
    return {"ties": len(trusts) / len(adults), "trust": mean(trusts),
            "members": mean(adult.member is not None for adult in adults),
            "sites known": mean(len(adult.known) for adult in adults),
            "power to act": mean(adult.agency for adult in adults)}


def play_both(run: Run) -> tuple[dict[str, float], dict[str, float]]:
    """Outcomes of compiled loops and of plain Mesa."""
    engine = Engine(run)
    town = TownModel(engine.world, seed=run.seed)
    for _, span, in_crisis, calm in list_measured_steps(run):
        engine.step()
        town.step(span, Heat() if in_crisis else None, calm)
    return measure_world(engine.world), measure_town(town)


def compare_outcomes(residents: int, seeds: range) -> dict[str, Any]:
    """By outcome: means of both over seeds, and the ratio of plain Mesa to compiled loops with its standard error."""
    set_num_threads(1)
    played = [play_both(build_heat_run(build_small_town(residents), seed=seed)) for seed in seeds]
    found = {}
    for name in played[0][0]:
        ratios = [plain[name] / ours[name] for ours, plain in played]
        found[name] = {"kernels": mean(ours[name] for ours, _ in played),
                       "plain Mesa": mean(plain[name] for _, plain in played), "ratio": mean(ratios),
                       "standard error": stdev(ratios) / len(ratios)**0.5}
    return found
