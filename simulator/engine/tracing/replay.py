"""The story of one resident: the runs of one or two arms, replayed with a tracer from a shared burn-in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ...i18n.translation import Message
from ...levers.active_lever import ActiveLever
from ...levers.handles import HANDLES
from ...records.recovery.hit import compute_permanent_losses
from ...records.story import RESIDENT_CHOICES, Story, StoryArm
from ...rules.functioning import MICRO
from ...rules.needing import ADULT_AGE
from ...scenario.run import Run
from ...world.population.people import HIT
from ...world.ties.isolation import flag_isolated_residents
from ...world.world import World
from ..calendar import compute_fork_day, find_onset_day
from ..loop import Engine, set_num_threads
from .trace_log import TraceLog, describe_person, rank_residents_by_uid
from .tracer import ResidentTracer

THOUSANDTHS = 1000.0
"""Hours and goods are counted in thousandths."""
ProgressCallback = Callable[[int, int], None]
"""Called with the steps done and the steps in all."""


def replay_resident(runs: Sequence[Run], resident: int | str, *, threads: int = 1,
                    progress: ProgressCallback | None = None) -> Story:
    """The story of a resident in one run, or in two that differ only in levers, the one without levers first.

    resident: a number (place in the order of uids, or a uid), or one of RESIDENT_CHOICES. ValueError if there is no
    such resident.
    """
    set_num_threads(threads)
    start = Engine(replace(runs[0], levers=()))
    passes = 1 if isinstance(resident, int) else 2
    steps = _StepCounter(passes * len(runs) * len(start.steps), progress)
    if isinstance(resident, int):
        row = find_resident_row(start.world, resident)
    else:
        row = _play_and_select(start, runs, resident, steps)
    trunk = _TracedEngine(start, ResidentTracer(TraceLog(start.world, runs[0].scenario, row)), StoryArm("", ()))
    trunk.play_until(_find_fork_day(runs), steps)
    arms = []
    for run in runs:
        branch = trunk.fork(run)
        branch.play_until(None, steps)
        arms.append(branch.finish_arm())
    return _build_story(runs[0], start.world, row, arms, "" if isinstance(resident, int) else resident)


def _find_fork_day(runs: Sequence[Run]) -> int:
    """Day up to which the runs are the same; 0 without levers."""
    return compute_fork_day(list(runs)) if any(run.levers for run in runs) else 0


class _StepCounter:
    """Counts the steps of all passes for a progress callback."""

    def __init__(self, total: int, progress: ProgressCallback | None) -> None:
        self.total, self.done, self._progress = total, 0, progress

    def count(self) -> None:
        """One more step is done."""
        self.done += 1
        if self._progress is not None:
            self._progress(min(self.done, self.total), self.total)


def find_resident_row(world: World, number: int) -> int:
    """Row of the resident with this number (place in the order of uids) or uid. ValueError if there is none."""
    people = world.people
    rows = np.flatnonzero(people.uid == number)
    if 0 <= number < people.rows:
        rows = np.flatnonzero(rank_residents_by_uid(world) == number)
    if not rows.size:
        raise ValueError(Message("no resident {number}: expected 0 to {last}, or one of {choices}", number=number,
                                 last=people.rows - 1, choices=RESIDENT_CHOICES))
    return int(rows[0])


def _play_and_select(start: Engine, runs: Sequence[Run], choice: str, steps: _StepCounter) -> int:
    """Play the runs without a tracer, and select a resident by the outcomes of all."""
    trunk = start.fork(start.run)
    fork_day = _find_fork_day(runs)
    while not trunk.is_done and trunk.day < fork_day:
        trunk.step()
        steps.count()
    isolated_before, worlds = flag_isolated_residents(trunk.world), []
    for run in runs:
        arm = trunk.fork(run)
        while not arm.is_done:
            arm.step()
            steps.count()
        worlds.append(arm.world)
    return select_story_resident(worlds, isolated_before, choice)


def select_story_resident(worlds: Sequence[World], isolated_before: np.ndarray, choice: str) -> int:
    """Row of the resident of a choice, among adults hit by the crisis.

    typical: nearest to the median loss without levers; isolated: the same among those isolated before any lever
    (isolated_before u1[n]); most_gained, most_lost: greatest difference in loss between the two arms. worlds: one for
    each arm, at its end. ValueError if nobody qualifies, or one arm is to be compared.
    """
    people = worlds[0].people
    losses = [world.people.loss_micro.astype(np.int64) for world in worlds]
    eligible = np.any([world.people.crisis_marks & HIT for world in worlds], axis=0) & (people.age >= ADULT_AGE)
    if choice == "isolated":
        eligible &= isolated_before.astype(bool)
    rows = np.flatnonzero(eligible)
    if choice in ("most_gained", "most_lost") and len(worlds) < 2:
        raise ValueError(Message("{choice} compares two arms, and there is one: expected typical, isolated or a number",
                                 choice=choice))
    if not rows.size:
        raise ValueError(Message("no adult is {choice} and hit by a crisis here: give a number instead",
                                 choice=choice))
    if choice in ("typical", "isolated"):
        score = np.abs(losses[0][rows] - np.median(losses[0][rows]))
    else:
        score = (losses[1] - losses[0])[rows] * (1 if choice == "most_gained" else -1)
    return int(rows[np.lexsort((people.uid[rows], score))[0]])


class _TracedEngine:
    """An engine with a tracer, and the arm of the story that they fill."""

    def __init__(self, engine: Engine, tracer: ResidentTracer, arm: StoryArm) -> None:
        self.engine, self.tracer, self.arm = engine, tracer, arm
        self.log = tracer.log
        engine.by_hand = tracer.list_traced_stages()
        self._logged_levers: set[str] = set()

    def fork(self, run: Run) -> _TracedEngine:
        """A traced engine for another run that shares the steps played so far."""
        labels = tuple({"id": lever.id, "fr": lever.label_fr, "en": lever.label_en} for lever in run.levers)
        arm = StoryArm(run.id, labels, self.arm.before, self.arm.onset)
        return _TracedEngine(self.engine.fork(run), self.tracer.copy(), arm)

    def play_until(self, end_day: int | None, steps: _StepCounter) -> None:
        """Play step by step up to a day (None: to the end), and record the status as levers and crises begin."""
        engine, calendar = self.engine, self.engine.run.scenario.calendar
        status_days = {"before": calendar.day(calendar.levers), "onset": find_onset_day(engine.run.scenario)}
        while not engine.is_done and (end_day is None or engine.day < end_day):
            day, span = engine.steps[engine.step_index]
            for name, status_day in status_days.items():
                if status_day is not None and getattr(self.arm, name) is None and status_day < day + span:
                    setattr(self.arm, name, self.log.describe_status(engine.world, day))
            before = _read_site_columns(engine.world, self.log.row)
            engine.step()
            self._log_site_changes(before, day)
            self._log_levers(day)
            steps.count()

    def _log_site_changes(self, before: Mapping[str, int], day: int) -> None:
        """Record which sites the resident has heard of, joined, left or queued for in the step."""
        world, i, log = self.engine.world, self.log.row, self.log
        after = _read_site_columns(world, i)
        for k in range(world.people.candidate.shape[1]):
            if after["aware"] >> k & 1 and not before["aware"] >> k & 1:
                log.add_event(day, "heard", site=log.describe_site(world, int(world.people.candidate[i, k])))
        for name, started, ended in (("member", "joined", "left"), ("waiting", "queued", "gave_up")):
            if before[name] == after[name]:
                continue
            if before[name] >= 0 and not (name == "waiting" and after["member"] == before[name]):
                log.add_event(day, ended, site=log.describe_site(world, before[name]))
            if after[name] >= 0:
                log.add_event(day, started, site=log.describe_site(world, after[name]))

    def _log_levers(self, day: int) -> None:
        """Record the levers that act for the first time, and how they reach the resident."""
        for active in self.engine.levers:
            lever = active.lever
            if active.reach is not None and lever.id not in self._logged_levers and active.effective_dose(day) > 0:
                self._logged_levers.add(lever.id)
                reach = classify_reach(active, self.engine.world, self.log.row)
                self.log.add_event(day, "lever", id=lever.id, reach=reach)

    def finish_arm(self) -> StoryArm:
        """The arm of the story, once the run is played."""
        people, i, arm = self.engine.world.people, self.log.row, self.arm
        arm.events, arm.days = sorted(self.log.events, key=lambda event: event.day), self.log.days
        arm.helpers, arm.days_back = self.log.list_helpers(), self._count_days_until_back()
        arm.loss, arm.alive = float(people.loss_micro[i]) / MICRO, bool(people.alive[i])
        arm.received = float(people.received_milli[i]) / THOUSANDTHS
        arm.given = float(people.given_milli[i]) / THOUSANDTHS
        arm.lost_for_good = float(compute_permanent_losses(self.engine.world)[people.household[i]])
        return arm


    def _count_days_until_back(self) -> int | None:
        """Days from onset until the resident functions well for good; None if not by the end of the run."""
        engine = self.engine
        well = engine.world.settings.functioning.well
        low = [day.day + day.span for day in self.log.days if day.functioning < well]
        if not low or engine.onset is None:
            return 0
        return low[-1] - engine.onset if low[-1] < engine.day else None


def _read_site_columns(world: World, row: int) -> dict[str, int]:
    return {name: int(getattr(world.people, name)[row]) for name in ("aware", "member", "waiting")}


def classify_reach(active: ActiveLever, world: World, row: int) -> str:
    """How a lever reaches a resident: "person", "site" (their own, or a candidate), "commune", or "none"."""
    reach, people = active.reach, world.people
    if reach is None:
        return "none"
    owners = {HANDLES[modifier.handle].owner for modifier in active.lever.modifiers
              if modifier.value or modifier.op != "add"}
    sites = {int(people.member[row]), *map(int, people.candidate[row])} - {-1}
    opened = set(np.flatnonzero(np.isin(world.sites.uid, active.opened_uids)).tolist())
    if "resident" in owners and row in reach.residents:
        return "person"
    if ("site" in owners and sites & set(reach.sites.tolist())) or sites & opened:
        return "site"
    return "commune" if "institution" in owners and int(people.commune[row]) in reach.institutions else "none"


def _build_story(run: Run, world: World, row: int, arms: list[StoryArm], selection: str) -> Story:
    scenario, territory = run.scenario, run.scenario.territory
    code = int(world.communes.code[world.people.commune[row]])
    crises = tuple({"id": card.id, "fr": card.label_fr, "en": card.label_en} for card in scenario.crises)
    return Story({"id": territory.id, "fr": territory.label_fr, "en": territory.label_en}, crises, run.seed, selection,
                 find_onset_day(scenario), describe_person(world, row, territory.margins()[code].name), arms)
