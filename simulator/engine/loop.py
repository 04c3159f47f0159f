"""The simulation loop: build a world, play the calendar step by step, record.

`play(run)` plays a whole run. `Engine` does the same step by step, for Mesa and for forks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..crises.active_crisis import ActiveCrisis, activate_crises, compute_service_factors, list_local_factors
from ..i18n.translation import Message
from ..kernel.threads import set_num_threads
from ..levers.active_lever import ActiveLever, activate_levers
from ..levers.cost import compute_cash_flow
from ..levers.modifiers import ModifierValues
from ..levers.planned_sites import resolve_planned_sites
from ..phases.order import run_phases
from ..phases.step.context import StepContext
from ..records.record import Record
from ..scenario.ablation import cut_numbers
from ..scenario.run import Run, hash_run_content
from ..scenario.run_checks import check_run
from ..world.build import build_world
from ..world.sites.candidate import add_planned_sites
from ..world.world import World
from . import calendar
from .extensions import fork_extensions, load_extensions

STRIKE_PHASE = "strike"
"""The phase in which a crisis that begins hits homes."""


class Engine:
    """One run being played: call `step()` until `is_done`, then `finish_record()`.

    world: where the run begins; built from the run by default. by_hand: stage name -> function that replaces the
    compiled stage of a phase. Either marks the record as changed by hand. host: the model around this engine, if there
    is one before it; its residents decide, of a class that stands in the run's id. Without it the residents that the
    run's extensions name do. ValueError for a run of a class that only a host has.
    """

    is_stepping = False
    """True while a step is played: decisions decide, and only phases write."""

    def __init__(self, run: Run, *, world: World | None = None,
                 by_hand: Mapping[str, Callable[..., Any]] | None = None,
                 host: Any = None) -> None:
        if run.residents is not None and host is None:
            raise ValueError(Message("run {run}: its residents follow {name}; play it with TerritoryModel and that "
                                     "class", run=run.id, name=run.residents.name))
        scenario = run.scenario
        sites = {card.id: card for card in scenario.sites}
        self.run = run
        self.world = world or build_world(scenario.territory, run.model, run.seed, sites, given=run.given_population)
        self.by_hand: dict[str, Callable[..., Any]] = dict(by_hand or {})
        self.extensions = load_extensions(self, run, hosts_residents=host is None and by_hand is None)
        self.steps = calendar.list_steps(run)
        self.onset = calendar.find_onset_day(scenario)
        self.step_index = 0
        self.levers: tuple[ActiveLever, ...] = activate_levers(run.levers, scenario.calendar)
        self.crises: tuple[ActiveCrisis, ...] = activate_crises(scenario.crises, scenario.calendar)
        self.record = Record(run.id, run.content())
        self.record.changes += [*(["world="] if world else []), *(f"by_hand={name}" for name in by_hand or {})]
        self._write_accesses = self.world.write_accesses

    @property
    def is_done(self) -> bool:
        """True when every step of the calendar has been played."""
        return self.step_index >= len(self.steps)

    @property
    def day(self) -> int:
        """First day of the next step; at the end, the first day after the run."""
        return self.steps[self.step_index][0] if not self.is_done else calendar.compute_end_day(self.run)

    def build_context(self) -> StepContext:
        """The context of the next step: its days, the effective values of handles, the crises that are on."""
        day, span = self.steps[self.step_index]
        handles = ModifierValues(self.world, self.levers, compute_service_factors(self.crises, day), day,
                                 list_local_factors(self.crises, day, self.world))
        states = [crisis.state_at(day, span, self.world) for crisis in self.crises]
        hazards = [state for state in states if state is not None]
        onset = self.onset if self.onset is not None and day + span > self.onset else None
        return StepContext(day, span, self.world.key, handles, hazards, self.by_hand,
                           calendar.list_new_years(self.run.scenario, day, span), onset,
                           *calendar.find_latest_crisis(self.run.scenario, day + span - 1),
                           calendar.is_calm_week(self.run.scenario, day), get_cuts(self.run, self.onset, day))

    def step(self) -> None:
        """Play the next step and record it."""
        if self.world.write_accesses != self._write_accesses:
            self.record.changes.append("world")
        self.is_stepping = True
        try:
            self._play_step()
        finally:
            self.is_stepping = False
        self.step_index += 1
        self._write_accesses = self.world.write_accesses

    def _play_step(self) -> None:
        day = self.steps[self.step_index][0]
        starting = [lever for lever in self.levers if lever.needs_resolving(day)]
        for lever in starting:
            lever.resolve(self.world)
        for lever in starting:
            add_planned_sites(self.world, resolve_planned_sites(lever, self.world))
            self.record.add_lever(self.world, day, lever)
        self.world.ledger.clear()
        if self.run.observe:
            self.world.ledger.start_recording_help()
        self.world.day = day
        context = self.build_context()
        self.world.settings = cut_numbers(self.run.model, context.cuts)
        run_phases(self.world, context, begin_recording(self, context))
        self.record.add_step(self.world, context)
        for lever in self.levers:
            lever.check_trigger(context.day, context.span, bool(context.hazards), self.world.ledger.unmet_share())

    def finish_record(self) -> Record:
        """The record with its final tables and costs, once the calendar is played."""
        if hash_run_content(self.run.content()) != self.record.run_id:
            self.record.changes.append("run")
        self.record.finish(self.world, compute_total_cost(self))
        return self.record

    def fork(self, run: Run) -> Engine:
        """The engine of another run that shares all steps played so far; both continue independently.

        ValueError if the runs differ in anything but levers and crises, or if a lever or crisis has begun that only one
        of them has.
        """
        same_scenario = run.scenario == self.run.scenario
        own = self.run
        otherwise_equal = replace(run, scenario=own.scenario, levers=own.levers, ablate=own.ablate,
                                  ablate_from=own.ablate_from) == own
        same_scenarios = same_scenario or self._differs_in_future_crises_only(run)
        if not otherwise_equal or not same_scenarios or self._list_past_cuts(run) != self._list_past_cuts(own):
            raise ValueError(Message("run {run} cannot fork from {other}: scenario, model, seed and observe must be "
                                     "the same, or differ in crises that have not begun", run=run.id,
                                     other=self.run.id))
        other = Engine.__new__(Engine)
        other.run, other.world, other.by_hand = run, self.world.copy(), dict(self.by_hand)
        other.extensions = fork_extensions(self.extensions, other)
        other.steps, other.step_index = calendar.list_steps(run), self.step_index
        other.onset = calendar.find_onset_day(run.scenario)
        other.levers = self._fork_levers(run)
        other.crises = (tuple(crisis.copy() for crisis in self.crises) if same_scenario
                        else activate_crises(run.scenario.crises, run.scenario.calendar))
        other.record = self.record.fork(run.id, run.content())
        other._write_accesses = other.world.write_accesses
        if self.world.write_accesses != self._write_accesses:
            other.record.changes.append("world")
        return other

    def _list_past_cuts(self, run: Run) -> list[frozenset[str]]:
        """Channels that are off in each step played so far, by the run's `ablate`."""
        return [get_cuts(run, self.onset, day) for day, _ in self.steps[:self.step_index]]

    def _differs_in_future_crises_only(self, run: Run) -> bool:
        """True if the scenarios differ in crises only, none of which has begun."""
        calm_end = calendar.compute_calm_end([self.run, run])
        begun = self.step_index > 0 and self.steps[self.step_index - 1][0] >= calm_end
        return not begun and replace(run.scenario, crises=()) == replace(self.run.scenario, crises=())

    def _fork_levers(self, run: Run) -> tuple[ActiveLever, ...]:
        """The levers of a fork; those that have begun here keep whom they reach and the sites they opened."""
        levers = activate_levers(run.levers, run.scenario.calendar)
        begun = {active.lever.id: active for active in self.levers if active.reach is not None or active.days_above}
        for active in levers:
            own = begun.pop(active.lever.id, None)
            if own is not None and own.lever == active.lever:
                active.copy_state(own)
            elif own is not None or any(active.needs_resolving(day) for day, _ in self.steps[:self.step_index]):
                raise self._make_fork_error(run, active.lever.id)
        if begun:
            raise self._make_fork_error(run, min(begun))
        return levers

    def _make_fork_error(self, run: Run, lever: str) -> ValueError:
        return ValueError(Message("run {run} cannot fork from {other}: lever {name} has begun", run=run.id,
                                  other=self.run.id, name=lever))


def begin_recording(engine: Engine, step: StepContext) -> Callable[[str, World, StepContext], None] | None:
    """Begin the record of a step that is about to be played; what is to be called after each of its phases.

    The record of a strike, then mechanisms from outside; None for neither.
    """
    record = engine.record
    record.begin_step(engine.world, step)
    if not (engine.extensions.mechanisms or record.awaits_strike):
        return None

    def follow(phase: str, world: World, context: StepContext) -> None:
        if phase == STRIKE_PHASE and record.awaits_strike:
            record.note_strike(world, context.day)
        engine.extensions.play_after(phase, world, context)

    return follow


def get_cuts(run: Run, onset: int | None, day: int) -> frozenset[str]:
    """The channels that are switched off on a day: from the run's start, its lever date, or its first onset on."""
    calendar = run.scenario.calendar
    first = {"start": 0, "levers": calendar.day(calendar.levers), "onset": onset}[run.ablate_from]
    return frozenset(run.ablate) if first is not None and day >= first else frozenset()


def compute_total_cost(engine: Engine) -> tuple[float, float, float]:
    """Low, default and high cost of the portfolio over the run, discounted EUR."""
    end, dates = calendar.compute_end_day(engine.run), engine.run.scenario.calendar
    flows = [compute_cash_flow(lever, engine.world, end, dates) for lever in engine.levers]
    return (sum(f.total_low for f in flows), sum(f.total for f in flows), sum(f.total_high for f in flows))


def play_until(run: Run, day: int | None = None, *, threads: int = 1) -> Engine:
    """The engine of a run, played until the step that holds the day before `day`; to its end without a day."""
    set_num_threads(threads)
    engine = Engine(run)
    while not engine.is_done and (day is None or engine.day < day):
        engine.step()
    return engine


def play(run: Run, *, threads: int = 1, progress: Callable[[int, int], None] | None = None) -> Record:
    """Play a whole run and return its record. progress(steps done, steps in all) is called after each step.

    ValueError for a run that the command line would refuse.
    """
    check_run(run)
    set_num_threads(threads)
    engine = Engine(run)
    while not engine.is_done:
        engine.step()
        if progress is not None:
            progress(engine.step_index, len(engine.steps))
    return engine.finish_record()
