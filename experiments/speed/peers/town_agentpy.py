"""The task with AgentPy, written as in its manual: one agent per resident, who visits its contacts."""

from __future__ import annotations

import time

import agentpy as ap

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


class Person(ap.Agent):
    """One resident. The probability `starts` is a parameter of the model."""

    def setup(self) -> None:
        """The resident is unaware."""
        self.state = UNAWARE

    def progress(self) -> None:
        """Starts to tell, or stops."""
        if self.state == EXPOSED and self.model.random.random() < self.p.starts:
            self.state = TELLING
        elif self.state == TELLING and self.model.random.random() < STOPS:
            self.state = DONE

    def hear(self) -> None:
        """Tells each contact who is unaware, with probability TELL."""
        if self.state == TELLING:
            for contact in self.contacts:
                if contact.state == UNAWARE and self.model.random.random() < TELL:
                    contact.state = EXPOSED


class Town(ap.Model):
    """The town."""

    def setup(self) -> None:
        """The graph and the first tellers."""
        start, other = build_adjacency(build_small_world(self.p.n, self.p.seed))
        self.people = ap.AgentList(self, self.p.n, Person)
        everyone = list(self.people)
        for i, person in enumerate(everyone):
            person.contacts = [everyone[j] for j in other[start[i]:start[i + 1]]]
        for i in draw_first_tellers(self.p.n, self.p.seed):
            everyone[i].state = TELLING

    def step(self) -> None:
        """One day; on the first nobody changes before telling."""
        if self.t > 1:
            self.people.progress()
        self.people.hear()


def play(n: int, seed: int, starts: float = STARTS) -> dict[str, float]:
    """Seconds to build and to play, and the share that ever heard."""
    started = time.perf_counter()
    model = Town({"steps": DAYS, "seed": seed, "n": n, "starts": starts})
    model.sim_setup()
    built = time.perf_counter()
    for _ in range(DAYS):
        model.sim_step()
    return {"build": built - started, "play": time.perf_counter() - built,
            "attack": sum(person.state != UNAWARE for person in model.people) / n}
