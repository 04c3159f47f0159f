"""Who gives to whom, and in which order: Mesa's own example of exchange, and ours, timed and compared by their Gini.

Everybody starts with one coin; who acts and has a coin gives one to somebody at random. The Gini index at rest depends
on who acts when. With replacement (every exchange draws an actor anew) wealth is geometric, and the Gini of a geometric
distribution of mean 1 is 2/3. When everybody acts exactly once a step it is about 0.63.
Source of the exchange: Dragulescu & Yakovenko 2000, doi:10.1007/s100510070114.
"""

from __future__ import annotations

import time

import numpy as np

from simulator.kernel.compiled import kernel
from simulator.kernel.random import key, uniform
from simulator.records.inequality import gini

ACTOR, TAKER = 1, 2
SETTLED = 300
"""Steps after which the Gini no longer moves."""


@kernel
def give(luck, step, order, coins):
    """One step: order[k] acts k-th. The taker may be the giver, as in Mesa's example."""
    n = coins.size
    for k in range(n):
        i = order[k]
        if coins[i] > 0:
            j = min(n - 1, int(uniform(luck, k, i, step, TAKER) * n))
            coins[i] -= 1
            coins[j] += 1


@kernel
def draw_actors(luck, step, order, share):
    """Keyed luck of every place in a step: an actor drawn anew, and a share in (0, 1) to sort by."""
    for k in range(order.size):
        share[k] = uniform(luck, k, 0, step, ACTOR)
        order[k] = min(order.size - 1, int(share[k] * order.size))


def ours(n: int, seed: int, once: bool, steps: int = SETTLED) -> dict[str, float]:
    """Seconds and Gini. once: everybody acts once a step, in an order of luck; else actors are drawn anew."""
    coins, order, share = np.ones(n, np.int64), np.zeros(n, np.int64), np.zeros(n)
    luck, begun = key(seed), time.perf_counter()
    for step in range(steps):
        draw_actors(luck, step, order, share)
        give(luck, step, np.argsort(share, kind="stable") if once else order, coins)
    return {"play": time.perf_counter() - begun, "gini": gini(coins)}


def mesa_example(n: int, seed: int, steps: int = SETTLED) -> dict[str, float]:
    """Mesa's BoltzmannWealth as published: agents walk on a grid and give to who stands in the same cell."""
    from mesa.examples import BoltzmannWealth

    side = max(1, round(n**0.5))
    model = BoltzmannWealth(n=n, width=side, height=side, seed=seed)
    begun = time.perf_counter()
    for _ in range(steps):
        model.step()
    return {"play": time.perf_counter() - begun, "gini": gini(np.array([agent.wealth for agent in model.agents]))}


def mesa_mixed(n: int, seed: int, once: bool, steps: int = SETTLED) -> dict[str, float]:
    """The same exchange as ours, written with Mesa: shuffle_do, or as many draws of one agent."""
    import mesa

    class Holder(mesa.Agent):
        """Somebody with coins."""

        def __init__(self, model: mesa.Model) -> None:
            super().__init__(model)
            self.wealth = 1

        def give(self) -> None:
            if self.wealth:
                self.wealth -= 1
                self.model.everyone[self.random.randrange(n)].wealth += 1

    model = mesa.Model(rng=seed)
    model.everyone = list(Holder.create_agents(model, n))
    begun = time.perf_counter()
    for _ in range(steps):
        if once:
            model.agents.shuffle_do("give")
        else:
            for _ in range(n):
                model.everyone[model.random.randrange(n)].give()
    return {"play": time.perf_counter() - begun, "gini": gini(np.array([one.wealth for one in model.everyone]))}
