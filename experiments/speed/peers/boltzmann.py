"""Exchange of coins, with this project's kernel and with Mesa: timed, and compared by the Gini index of wealth.

Everybody starts with one coin; an actor who has a coin gives one to somebody at random. The stationary Gini index
depends on who acts when. If an actor is drawn anew for every exchange, wealth is geometric with mean 1, and its Gini
index is 2/3. If everybody acts exactly once per step, it is about 0.63.
Source of the exchange: Dragulescu & Yakovenko 2000, doi:10.1007/s100510070114.
"""

from __future__ import annotations

import time

import numpy as np

from simulator.kernel.compiled import kernel
from simulator.kernel.keyed_random import draw_uniform, make_random_key
from simulator.records.inequality import gini_index

ACTOR, TAKER = 1, 2
STATIONARY_STEPS = 300
"""Steps after which the Gini index is stationary."""


@kernel
def give(key, step, order, coins):
    """One step: order[k] acts k-th. The taker may be the giver, as in Mesa's example."""
    n = coins.size
    for k in range(n):
        i = order[k]
        if coins[i] > 0:
            j = min(n - 1, int(draw_uniform(key, k, i, step, TAKER) * n))
            coins[i] -= 1
            coins[j] += 1


@kernel
def draw_actors(key, step, order, share):
    """For every exchange of a step, draw an actor (order) and a number in (0, 1) to sort actors by (share)."""
    for k in range(order.size):
        share[k] = draw_uniform(key, k, 0, step, ACTOR)
        order[k] = min(order.size - 1, int(share[k] * order.size))


def ours(n: int, seed: int, once: bool, steps: int = STATIONARY_STEPS) -> dict[str, float]:
    """Seconds and Gini index. once: everybody acts once per step, in random order; else actors are drawn anew."""
    coins, order, share = np.ones(n, np.int64), np.zeros(n, np.int64), np.zeros(n)
    key, started = make_random_key(seed), time.perf_counter()
    for step in range(steps):
        draw_actors(key, step, order, share)
        give(key, step, np.argsort(share, kind="stable") if once else order, coins)
    return {"play": time.perf_counter() - started, "gini": gini_index(coins)}


def mesa_example(n: int, seed: int, steps: int = STATIONARY_STEPS) -> dict[str, float]:
    """Mesa's example BoltzmannWealth: agents walk on a grid and give to somebody in the same cell."""
    from mesa.examples import BoltzmannWealth

    side = max(1, round(n**0.5))
    model = BoltzmannWealth(n=n, width=side, height=side, seed=seed)
    started = time.perf_counter()
    for _ in range(steps):
        model.step()
    seconds = time.perf_counter() - started
    return {"play": seconds, "gini": gini_index(np.array([agent.wealth for agent in model.agents]))}


def mesa_mixed(n: int, seed: int, once: bool, steps: int = STATIONARY_STEPS) -> dict[str, float]:
    """The exchange of `ours`, written with Mesa: shuffle_do, or one drawn agent per exchange."""
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
    started = time.perf_counter()
    for _ in range(steps):
        if once:
            model.agents.shuffle_do("give")
        else:
            for _ in range(n):
                model.everyone[model.random.randrange(n)].give()
    seconds = time.perf_counter() - started
    return {"play": seconds, "gini": gini_index(np.array([holder.wealth for holder in model.everyone]))}
