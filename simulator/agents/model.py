"""The territory as a Mesa model: the same engine, with residents that can be inspected and overridden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from functools import cached_property, partial
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np

from ..engine.loop import Engine
from ..scenario.run import Run
from ..world.world import World
from .agent_view import AgentView
from .changes_by_hand import describe_model_state, list_behaviour_changes, list_model_changes
from .decision_stages import list_overridden_decisions, select_stages_by_hand
from .fixed_population import FixedPopulation
from .given_residents import choose_residents
from .institution import Institution
from .resident import Resident
from .residents import AgentViewSet, Residents
from .site import Site
from .space import TerritorySpace
from .stage_in_play import StageInPlay

OWN_MODULES = ("simulator.agents", "simulator.api", "mesa", "builtins")
"""Modules whose classes set all that the default reporters read."""


def average_column(model: TerritoryModel, name: str) -> float:
    """Mean of a column over the living residents."""
    return float(np.mean(model.agents.array(name), dtype=np.float64))


def count_members(model: TerritoryModel) -> int:
    """Number of living members of sites."""
    return int((model.agents.array("member") >= 0).sum())


DEFAULT_REPORTERS: Mapping[str, Any] = {
    "day": "day",
    "functioning": partial(average_column, name="functioning"),
    "agency": partial(average_column, name="agency"),
    "members": count_members,
}
"""What the default `datacollector` records: day, two means over the living residents, number of members of sites."""


class TerritoryModel(StageInPlay, FixedPopulation):
    """One run as a mesa.Model: step(), run_model(), agents, datacollector.

    TerritoryModel(run) runs compiled loops only. With `residents=MyResident`, a subclass of Resident, the stages of the
    decisions it overrides run in Python, resident by resident, and all others stay compiled. With `by_hand=True` every
    stage runs in Python: slow, readable, and equal to the compiled loops bit for bit.

    The data collector has the state before the first step too. `space` is the map, for Mesa's drawing functions.
    `agents` are the living residents as views (see Residents); `residents`, `sites`, `institutions` contain every row.
    Steps follow the run's calendar, 7 days in calm and 1 in a crisis: `day` is the day reached, `steps` the number of
    steps played. Mesa's `random` and `rng` are for a researcher's own use: phases draw keyed random numbers instead.

    The class given as `residents`, with all that it uses, is part of the run and of its id; without it the class that
    the run's extensions name plays, which is part of them already. What is changed by hand
    between steps, or by a subclass of this class, marks the record, and a store refuses it.
    """

    def __init__(self, run: Run, residents: type[Resident] = Resident, by_hand: bool = False, *,
                 datacollector: mesa.DataCollector | None = None, world: World | None = None) -> None:
        super().__init__(run.seed)
        given = choose_residents(run, residents)
        self.set_up(given.run, given.resident_class, by_hand)
        self.engine = Engine(self.run, world=world, host=self)
        self.engine.by_hand = self.by_hand
        self.record.changes += [f"source of {name}" for name in given.unreadable]
        self._behaviour, self._state = given.source, describe_model_state(self)
        self._residents = Residents(self, self.resident_class, np.arange(len(self.world.people)))
        self.running = not self.engine.is_done
        self.datacollector = datacollector or mesa.DataCollector(model_reporters=dict(DEFAULT_REPORTERS))
        self._has_start_data = False
        if "__init__" not in {name for base in type(self).__mro__ if not base.__module__.startswith(OWN_MODULES)
                              for name in vars(base)}:
            self._collect_start()

    def set_up(self, run: Run, residents: type[Resident], by_hand: bool) -> None:
        """Set what a model has before its engine."""
        self.run, self.resident_class = run, residents
        self.parameters = SimpleNamespace(**{group.name: getattr(run.model, group.name).numbers
                                             for group in fields(run.model) if group.name != "behaviour"})
        self.leave_stage()
        self.by_hand = select_stages_by_hand(self, list_overridden_decisions(residents), by_hand)

    # interface of mesa.Model
    def step(self) -> None:
        """Play one step of the calendar, then collect data. RuntimeError once the run is over."""
        if self.engine.is_done:
            raise RuntimeError(f"the run is over (day {self.day}): nothing left to play")
        self.record.changes += list_model_changes(self, self._state)
        self._collect_start()
        try:
            self.engine.step()
        finally:
            self.leave_stage()
        self.datacollector.collect(self)
        self.running = not self.engine.is_done
        if not self.running:
            self.record.changes += list_behaviour_changes(self)
            self.engine.finish_record()

    def _collect_start(self) -> None:
        """Collect the state before the first step, once; a subclass may first set what its reporters read."""
        if not self._has_start_data:
            self._has_start_data, played = True, int(self.steps)
            self.steps = 0
            self.datacollector.collect(self)
            self.steps = played

    def run_model(self) -> None:
        """Play to the end of the run."""
        while self.running:
            self.step()

    @property
    def agents(self) -> Residents:  # type: ignore[override]
        """The living residents, in order of rows. Behaves as an AgentSet without creating an object per resident."""
        return Residents(self, self.resident_class, np.flatnonzero(self.world.people.alive))

    @property
    def agent_types(self) -> list[type]:  # type: ignore[override]
        """Classes of agents: residents, sites, institutions."""
        return list(self.agents_by_type)

    @property
    def agents_by_type(self) -> dict[type, Any]:  # type: ignore[override]
        """Class to agents: residents, sites, institutions, and any other agents registered with the model."""
        views = {self.resident_class: self.agents, Site: self.sites, Institution: self.institutions}
        return {**views, **super().agents_by_type}

    # the territory
    @property
    def world(self) -> World:
        """The state: every table of the territory."""
        return self.engine.world

    @property
    def record(self) -> Any:
        """The record of the run; its tables are complete once the run is over."""
        return self.engine.record

    @property
    def day(self) -> int:
        """The day reached, in days since the start. Mesa's `steps` counts steps instead."""
        return self.engine.day

    @property
    def residents(self) -> Residents:
        """Every resident, dead or alive: residents[row] is the resident of that row."""
        return self._residents

    @property
    def sites(self) -> AgentViewSet:
        """Every site, including planned and closed ones."""
        return AgentViewSet(self, Site, np.arange(len(self.world.sites)))

    @property
    def institutions(self) -> AgentViewSet:
        """Every town hall."""
        return AgentViewSet(self, Institution, np.arange(len(self.world.institutions)))

    @cached_property
    def space(self) -> TerritorySpace:
        """The map: residents where they live, sites where they are."""
        return TerritorySpace(self)

    def retain_view(self, view: AgentView) -> None:
        """Keep a view until the end of the run. Set between steps, its attribute marks the record as changed by hand.

        Called when an attribute that is no column is set on it.
        """
        if not self.engine.is_stepping:
            self.record.changes.append(type(view).__qualname__)
        super().retain_view(view)

    @contextmanager
    def writable(self, *names: str) -> Iterator[World]:
        """Make columns such as "people.agency" writeable inside the block, between steps.

        AttributeError while a step is being played: then only phases write.
        """
        if self.engine.is_stepping:
            raise AttributeError(f"{', '.join(names)} cannot be written while a step is played: decisions only decide")
        with self.world.writable(names):
            yield self.world
