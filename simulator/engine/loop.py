"""The whole simulation: build a world, play the calendar step by step, remember.

One run is `play(run)`. `Engine` is the same with the steps in the caller's hands, for Mesa and for forks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..crises.active import ActiveCrisis, local, services
from ..crises.active import activate as activate_crises
from ..kernel.threads import use_threads as use_threads
from ..levers.active import ActiveLever
from ..levers.active import activate as activate_levers
from ..levers.cost import cash_flow
from ..levers.modifiers import Turned
from ..levers.project import planned_sites
from ..phases.order import advance
from ..phases.step.context import Moment
from ..records.record import Record
from ..scenario.run import Run
from ..world.build import build
from ..world.sites.candidate import add_planned_sites
from ..world.world import World
from . import calendar


class Engine:
    """One run being played. `step()` plays the next step of the calendar until `done`."""

    def __init__(self, run: Run, *, world: World | None = None, by_hand: Mapping[str, Callable[..., Any]] | None = None
                 ) -> None:
        scenario = run.scenario
        self.run = run
        self.world = world or build(scenario.territory, run.model, run.seed, {card.id: card for card in scenario.sites})
        self.by_hand = dict(by_hand or {})
        self.steps = calendar.steps(run)
        self.onset = calendar.onset(scenario)
        self.at = 0
        self.levers: tuple[ActiveLever, ...] = activate_levers(run.levers, scenario.calendar)
        self.crises: tuple[ActiveCrisis, ...] = activate_crises(scenario.crises, scenario.calendar)
        self.record = Record(run.id, run.content())

    @property
    def done(self) -> bool:
        """True when the calendar is played."""
        return self.at >= len(self.steps)

    @property
    def day(self) -> int:
        """The day reached: first day of the next step."""
        return self.steps[self.at][0] if not self.done else calendar.last_day(self.run)

    def moment(self) -> Moment:
        """The next step: who acts, which handles are turned, which crises are on."""
        day, span = self.steps[self.at]
        handles = Turned(self.world, self.levers, services(self.crises, day), day, local(self.crises, day, self.world))
        hazards = [hazard for one in self.crises if (hazard := one.at(day, span, self.world)) is not None]
        onset = self.onset if self.onset is not None and day + span > self.onset else None
        return Moment(day, span, self.world.key, handles, hazards, self.by_hand,
                      calendar.year_turns(self.run.scenario, day, span), onset, calendar.calm(self.run.scenario, day))

    def step(self) -> None:
        """Play one step and remember it."""
        day = self.steps[self.at][0]
        due = [lever for lever in self.levers if lever.due(day)]
        for lever in due:
            lever.resolve(self.world)
        for lever in due:
            add_planned_sites(self.world, planned_sites(lever, self.world))
        self.world.ledger.clear()
        if self.run.observe:
            self.world.ledger.watch()
        self.world.day = day
        now = self.moment()
        advance(self.world, now)
        self.record.take(self.world, now)
        for lever in self.levers:
            lever.observe(now.day, now.span, bool(now.hazards), self.world.ledger.unmet_share())
        self.at += 1

    def finish(self) -> Record:
        """Close the record once the calendar is played."""
        self.record.finish(self.world, total_cost(self))
        return self.record

    def fork(self, run: Run) -> Engine:
        """Another run that shares everything played so far.

        ValueError if their scenarios, models, seeds or tables kept differ, or a lever or crisis has begun that only one
        of them has.
        """
        same = run.scenario == self.run.scenario
        alike = replace(run, scenario=self.run.scenario, levers=self.run.levers) == self.run
        if not alike or not (same or self._before_crises(run)):
            raise ValueError(f"run {run.id} cannot fork from {self.run.id}: scenario, model, seed and observe must be "
                             "the same, or differ in crises that have not begun")
        other = Engine.__new__(Engine)
        other.run, other.world, other.by_hand = run, self.world.copy(), dict(self.by_hand)
        other.steps, other.onset, other.at = calendar.steps(run), calendar.onset(run.scenario), self.at
        other.levers = self._shared_levers(run)
        other.crises = tuple(crisis.copy() for crisis in self.crises) if same else activate_crises(
            run.scenario.crises, run.scenario.calendar)
        other.record = self.record.fork(run.id, run.content())
        return other

    def _before_crises(self, run: Run) -> bool:
        """True if the two differ in nothing but crises, none of which has begun."""
        return (replace(run.scenario, crises=()) == replace(self.run.scenario, crises=())
                and (self.at == 0 or self.steps[self.at - 1][0] < calendar.calm_until([self.run, run])))

    def _shared_levers(self, run: Run) -> tuple[ActiveLever, ...]:
        """The levers of a fork: those that have begun here keep whom they reached and what they opened."""
        levers = activate_levers(run.levers, run.scenario.calendar)
        begun = {one.lever.id: one for one in self.levers if one.reach is not None or one.days_above}
        for one in levers:
            mine = begun.pop(one.lever.id, None)
            if mine is not None and mine.lever == one.lever:
                one.take_up(mine)
            elif mine is not None or any(one.due(day) for day, _ in self.steps[:self.at]):
                raise ValueError(f"run {run.id} cannot fork from {self.run.id}: lever {one.lever.id} has begun")
        if begun:
            raise ValueError(f"run {run.id} cannot fork from {self.run.id}: lever {min(begun)} has begun")
        return levers


def total_cost(engine: Engine) -> tuple[float, float, float]:
    """Low, middle and high cost of the portfolio over the run, discounted EUR."""
    flows = [cash_flow(lever, engine.world, calendar.last_day(engine.run), engine.run.scenario.calendar)
             for lever in engine.levers]
    return (sum(f.total_low for f in flows), sum(f.total for f in flows), sum(f.total_high for f in flows))


def play(run: Run, *, threads: int = 1, progress: Callable[[int, int], None] | None = None) -> Record:
    """Play a whole run. progress(steps done, steps in all) is called after each step."""
    use_threads(threads)
    engine = Engine(run)
    while not engine.done:
        engine.step()
        if progress is not None:
            progress(engine.at, len(engine.steps))
    return engine.finish()
