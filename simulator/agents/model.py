"""The territory as a Mesa model: the same engine, with residents one can look at, override and play one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np

from ..engine.loop import Engine
from ..phases.step.context import Moment
from ..scenario.run import Run
from ..world.world import World
from .decisions import overridden, stages_by_hand
from .institution import Institution
from .resident import Resident
from .residents import Residents, Views
from .site import Site
from .view import View

REPORTERS: Mapping[str, Callable[[TerritoryModel], float]] = {
    "day": lambda model: model.day,
    "functioning": lambda model: float(np.mean(model.agents.array("functioning"), dtype=np.float64)),
    "agency": lambda model: float(np.mean(model.agents.array("agency"), dtype=np.float64)),
    "members": lambda model: int((model.agents.array("member") >= 0).sum()),
}
"""What `datacollector` records when none is given: the day, two means over the living, members of sites."""


class TerritoryModel(mesa.Model):
    """Mesa's face of one run: step(), run_model(), agents, datacollector.

    TerritoryModel(run) plays everything in compiled loops. With `residents=MyResident`, a subclass of Resident, the
    decisions it overrides are played resident by resident and everything else stays compiled. With `by_hand=True` every
    stage is played resident by resident: slow, readable, and equal to the compiled loops bit for bit.

    `agents` holds the living as views (see Residents); `residents`, `sites`, `institutions` hold every row. Steps
    follow the run's calendar, 7 days in calm and 1 in a crisis: `day` is the day reached, `steps` the steps played.
    Mesa's `random` and `rng` are there for a researcher's own use; the model's luck is keyed and never touches them.
    """

    def __init__(self, run: Run, residents: type[Resident] = Resident, by_hand: bool = False, *,
                 datacollector: mesa.DataCollector | None = None, world: World | None = None) -> None:
        super().__init__(rng=run.seed)
        if not (isinstance(residents, type) and issubclass(residents, Resident)):
            raise TypeError(f"residents = {residents!r}: expected a subclass of simulator.agents.Resident")
        self.run, self.resident_type = run, residents
        self._numbers = SimpleNamespace(**{group.name: getattr(run.model, group.name).numbers
                                           for group in fields(run.model) if group.name != "behaviour"})
        self._playing = False
        self._now: Moment | None = None
        self._notes: dict[str, Any] = {}
        self._kept: dict[tuple[type[View], int], View] = {}
        self.by_hand = stages_by_hand(self, overridden(residents), by_hand)
        self.engine = Engine(run, world=world, by_hand=self.by_hand)
        self._residents = Residents(self, residents, np.arange(len(self.world.people)))
        self.running = not self.engine.done
        self.datacollector = datacollector or mesa.DataCollector(model_reporters=dict(REPORTERS))

    # Mesa's manners
    def step(self) -> None:
        """Play one step of the calendar and collect. RuntimeError once the run is over."""
        if self.engine.done:
            raise RuntimeError(f"the run is over (day {self.day}): nothing left to play")
        self._playing = True
        try:
            self.engine.step()
        finally:
            self._playing, self._now, self._notes = False, None, {}
        self.datacollector.collect(self)
        self.running = not self.engine.done
        if not self.running:
            self.engine.finish()

    def run_model(self) -> None:
        """Play to the end of the run."""
        while self.running:
            self.step()

    @property
    def agents(self) -> Residents:  # type: ignore[override]
        """The living residents, by row: an AgentSet in manners, without a million objects."""
        return Residents(self, self.resident_type, np.flatnonzero(self.world.people.alive))

    @property
    def agent_types(self) -> list[type]:  # type: ignore[override]
        """Kinds of agents: residents, sites, institutions."""
        return list(self.agents_by_type)

    @property
    def agents_by_type(self) -> dict[type, Any]:  # type: ignore[override]
        """Kind to agents, with any agents of other kinds that a researcher registered in Mesa's way."""
        mine = {self.resident_type: self.agents, Site: self.sites, Institution: self.institutions}
        return {**mine, **super().agents_by_type}

    # the territory
    @property
    def world(self) -> World:
        """Every table of the territory."""
        return self.engine.world

    @property
    def record(self) -> Any:
        """What the engine remembers of the run; its tables are complete once the run is over."""
        return self.engine.record

    @property
    def day(self) -> int:
        """The day reached: the model's own count, in days since the start (Mesa counts steps)."""
        return self.engine.day

    @property
    def residents(self) -> Residents:
        """Every resident, dead or alive: residents[row] is the resident of that row."""
        return self._residents

    @property
    def sites(self) -> Views:
        """Every site, planned and closed ones too."""
        return Views(self, Site, np.arange(len(self.world.sites)))

    @property
    def institutions(self) -> Views:
        """Every town hall."""
        return Views(self, Institution, np.arange(len(self.world.institutions)))

    # views
    def view(self, kind: type[View], row: int) -> View:
        """The view of one row: the one kept because it carries attributes of its own, or a fresh one."""
        return self._kept.get((kind, row)) or kind(self, row)

    def keep(self, view: View) -> None:
        """Keep a view for the length of the run (called when it is given an attribute of its own)."""
        self._kept[type(view), view.row] = view

    @contextmanager
    def lend(self, *names: str) -> Iterator[World]:
        """Make columns such as "people.agency" writeable for a block, between steps.

        AttributeError while a step is played: decisions decide, phases write.
        """
        if self._playing:
            raise AttributeError(f"{', '.join(names)} cannot be written while a step is played: decisions only decide")
        with self.world.lend(names):
            yield self.world

    @property
    def numbers(self) -> SimpleNamespace:
        """The numbers of every group of settings, as compiled code reads them."""
        return self._numbers

    # what a decision may know of the stage being played
    @property
    def now(self) -> Moment:
        """The step being played: day, span, handles, luck. RuntimeError between steps, when nobody decides anything."""
        if self._now is None:
            raise RuntimeError("decisions are taken while a step is played: there is no moment now")
        return self._now

    def enter(self, now: Moment) -> None:
        """A stage played by hand begins: decisions taken from here on belong to it."""
        self._now, self._notes = now, {}

    def note(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` returns, worked out once a stage: for what all residents share in one stage."""
        if name not in self._notes:
            self._notes[name] = make()
        return self._notes[name]
