"""Does the plain Mesa model live through the same? What both worlds have come to after the stretch that is timed.

The two draw other luck and plain Mesa leaves things out, so numbers are alike rather than equal: how much is shown, as
a ratio with its standard error over seeds.
"""

from __future__ import annotations

from statistics import mean, stdev
from typing import Any

import numpy as np

from simulator.engine.loop import Engine, use_threads
from simulator.kernel.slots import whole
from simulator.scenario.run import Run
from simulator.world.ties.network import grown
from simulator.world.world import World

from .plain_mesa import Heat, TownModel
from .rates import stretch
from .town import heat_run, small_town


def of_world(world: World) -> dict[str, float]:
    """Ties and their trust, members and sites known per resident aged 15+, power to act."""
    people, ties = world.people, world.ties
    adult = grown(people)
    return {"ties": float(ties.degree[adult].mean()), "trust": float(whole(ties.trust).sum() / ties.degree.sum()),
            "members": float((people.member[adult] >= 0).mean()),
            "sites known": float(np.bitwise_count(people.aware[adult]).mean()),
            "power to act": float(people.agency[adult].mean())}


def of_town(town: TownModel) -> dict[str, float]:
    """The same of a plain Mesa model."""
    adults = town.adults
    trusts = [tie.trust for one in adults for tie in one.ties.values()]
    return {"ties": len(trusts) / len(adults), "trust": mean(trusts),
            "members": mean(one.member is not None for one in adults),
            "sites known": mean(len(one.known) for one in adults),
            "power to act": mean(one.agency for one in adults)}


def both(run: Run) -> tuple[dict[str, float], dict[str, float]]:
    """What the compiled loops and plain Mesa come to; functioning lost is the mean over the days of the heat wave."""
    engine = Engine(run)
    town = TownModel(engine.world, seed=run.seed)
    lost: tuple[list[float], list[float]] = ([], [])
    for _, span, hit, calm in stretch(run):
        engine.step()
        town.step(span, Heat() if hit else None, calm)
        if hit:
            lost[0].append(float(1 - engine.world.people.functioning.mean()))
            lost[1].append(1 - mean(one.functioning for one in town.residents))
    return of_world(engine.world) | {"lost": mean(lost[0])}, of_town(town) | {"lost": mean(lost[1])}


def outcomes(residents: int, seeds: range) -> dict[str, Any]:
    """By outcome: means over seeds of both, and plain Mesa's over the compiled loops' with its standard error."""
    use_threads(1)
    played = [both(heat_run(small_town(residents), seed=seed)) for seed in seeds]
    found = {}
    for name in played[0][0]:
        ratios = [plain[name] / ours[name] for ours, plain in played]
        found[name] = {"kernels": mean(ours[name] for ours, _ in played),
                       "plain Mesa": mean(plain[name] for _, plain in played), "ratio": mean(ratios),
                       "standard error": stdev(ratios) / len(ratios)**0.5}
    return found
