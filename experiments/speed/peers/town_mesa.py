"""The task with plain Mesa, written as in its manual: one agent per resident, who visits its contacts."""

from __future__ import annotations

import time
from typing import Any

import mesa

from .task import (
    DAYS,
    DONE,
    EXPOSED,
    STARTS,
    STOPS,
    TELL,
    TELLING,
    UNAWARE,
    build_adjacency,
    build_small_world,
    draw_first_tellers,
)


class Person(mesa.Agent):
    """One resident."""

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.state = UNAWARE
        self.contacts: list[Any] = []

    def progress(self) -> None:
        """Starts to tell, or stops."""
        if self.state == EXPOSED and self.random.random() < self.model.starts:
            self.state = TELLING
        elif self.state == TELLING and self.random.random() < STOPS:
            self.state = DONE

    def hear(self) -> None:
        """Tells each contact who is unaware, with probability TELL."""
        if self.state == TELLING:
            for contact in self.contacts:
                if contact.state == UNAWARE and self.random.random() < TELL:
                    contact.state = EXPOSED


class Town(mesa.Model):
    """The town: its AgentSet, the model's own generator."""

    def __init__(self, n: int, seed: int, starts: float) -> None:
        super().__init__(rng=seed)
        self.starts = starts
        start, other = build_adjacency(build_small_world(n, seed))
        everyone = list(Person.create_agents(self, n))
        for i, person in enumerate(everyone):
            person.contacts = [everyone[j] for j in other[start[i]:start[i + 1]]]
        for i in draw_first_tellers(n, seed):
            everyone[i].state = TELLING

    def step(self) -> None:
        """One day; on the first nobody changes before telling."""
        if self.steps > 1:
            self.agents.do("progress")
        self.agents.do("hear")


def play(n: int, seed: int, starts: float = STARTS) -> dict[str, float]:
    """Seconds to build and to play, and the share that ever heard."""
    started = time.perf_counter()
    model = Town(n, seed, starts)
    built = time.perf_counter()
    for _ in range(DAYS):
        model.step()
    return {"build": built - started, "play": time.perf_counter() - built,
            "attack": sum(person.state != UNAWARE for person in model.agents) / n}
