"""Six recognisable residents whom a crisis hits, followed through every arm of one seed: each arm is played once.

Nothing is traced by hand: what happened to whom is in the columns that every run keeps while it is played.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from ...records.resident_cases import CASE_KINDS, CaseLife, CaseSheet, ResidentCase
from ...records.story import StoryPerson
from ...rules.functioning import MICRO
from ...scenario.run import Run
from ...world.population.people import (
    ASKED,
    HELPED_BY_GROUP,
    HELPED_BY_INSTITUTION,
    HELPED_BY_PERSON,
    HELPED_BY_RESERVE,
    HELPED_BY_SITE,
    HIT,
)
from ...world.ties.isolation import flag_isolated_residents
from ...world.world import World
from ..calendar import compute_fork_day
from ..loop import Engine, set_num_threads
from .trace_log import describe_person

HELPER_MARKS = {"person": HELPED_BY_PERSON, "site": HELPED_BY_SITE, "group": HELPED_BY_GROUP,
                "reserve": HELPED_BY_RESERVE, "institution": HELPED_BY_INSTITUTION}
OLD, WORKING_AGES, PARENT_AGES, HINDERED, HIGH_FLOOR = 75, (18, 64), (25, 55), 0.25, 3
ONE_PERSON, COUPLE_WITH_CHILDREN, LONE_PARENT = 0, 2, 3
"""Kinds of households."""
EMPLOYED, RICHEST, POOR_FIFTHS = 2, 4, 2
LANGUAGE, DISABILITY = 0, 3
"""Places of barriers."""
LEAST_LOSS = 0.1
"""Person-days of functioning from which somebody loses anything to speak of."""


def replay_cases(runs: Sequence[Run], *, threads: int = 1,
                 progress: Callable[[int, int], None] | None = None) -> CaseSheet:
    """The cases of runs that differ in levers only, the one without levers first. progress: (steps done, in all)."""
    set_num_threads(threads)
    trunk = Engine(replace(runs[0], levers=()))
    fork_day = compute_fork_day(list(runs)) if any(run.levers for run in runs) else 0
    while not trunk.is_done and trunk.day < fork_day:
        trunk.step()
    isolated = flag_isolated_residents(trunk.world).astype(bool)
    steps, lives = len(trunk.steps) - trunk.step_index, list[list[CaseLife]]()
    chosen: dict[str, int] = {}
    for k, run in enumerate(runs):  # one arm after the other: in a large place each takes a gigabyte
        arm = _FollowedArm(trunk.fork(run))
        for done in arm.play():
            if progress is not None:
                progress(k * steps + done, len(runs) * steps)
        if not k:
            chosen, missing = select_case_rows(arm.engine.world, isolated)
            people = {kind: _describe_person(arm.engine.world, row, run) for kind, row in chosen.items()}
        lives.append([arm.describe_life(row) for row in chosen.values()])
    cases = tuple(ResidentCase(kind, *people[kind], of_arms) for kind, of_arms in zip(chosen, zip(*lives)))
    names = tuple({"fr": " + ".join(lever.label_fr for lever in run.levers),
                   "en": " + ".join(lever.label_en for lever in run.levers)} for run in runs)
    return CaseSheet(runs[0].seed, names, cases, missing)


class _FollowedArm:
    """One arm, and the last day on which each resident did not function well. last_low: int32[n], -1 for none."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.last_low = np.full(engine.world.people.rows, -1, np.int32)

    def play(self) -> Iterator[int]:
        """Play to the end; after each step, the number of steps done."""
        engine, done = self.engine, 0
        well = engine.world.settings.functioning.well
        while not engine.is_done:
            day, span = engine.steps[engine.step_index]
            engine.step()
            if engine.onset is not None and day >= engine.onset:
                self.last_low[engine.world.people.functioning < well] = day + span
            done += 1
            yield done

    def describe_life(self, row: int) -> CaseLife:
        """What the arm holds for the resident of a row."""
        people, engine = self.engine.world.people, self.engine
        marks, last = int(people.crisis_marks[row]), int(self.last_low[row])
        back = 0 if last < 0 or engine.onset is None else last - engine.onset if last < engine.day else None
        return CaseLife(engine.run.id, bool(marks & HIT), round(float(people.loss_micro[row]) / MICRO, 6), back,
                        bool(marks & ASKED), tuple(name for name, mark in HELPER_MARKS.items() if marks & mark),
                        bool(people.alive[row]))


def select_case_rows(world: World, isolated: np.ndarray) -> tuple[dict[str, int], tuple[str, ...]]:
    """(kind to the row of its resident, kinds without one) among those hit in a world at its end.

    Of a kind, those who lose anything to speak of come first (a heat wave hits many who lose nothing), then the most
    recognisable (say, without a lift), then whose loss is nearest to the median of those who lose, then the order of
    uids. Nobody stands for two kinds. isolated: bool[n], before any lever.
    """
    people, hit = world.people, (world.people.crisis_marks & HIT) > 0
    loss = people.loss_micro.astype(np.int64)
    chosen: dict[str, int] = {}
    for kind, (fits, liking) in _list_kinds(world, isolated).items():
        rows = np.setdiff1d(np.flatnonzero(fits & hit), list(chosen.values()))
        if rows.size:
            loses = loss[rows] >= LEAST_LOSS * MICRO
            apart = np.abs(loss[rows] - np.median(loss[rows][loses] if loses.any() else loss[rows]))
            chosen[kind] = int(rows[np.lexsort((people.uid[rows], apart, -liking[rows], ~loses))[0]])
    return chosen, tuple(kind for kind in CASE_KINDS if kind not in chosen)


def _list_kinds(world: World, isolated: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Kind to (bool[n] who is of it, int[n] how recognisable they are)."""
    people, homes = world.people, world.households
    household, quintile, floor = (getattr(homes, name)[people.household] for name in ("kind", "quintile", "floor"))
    stairs = (floor >= HIGH_FLOOR) & ~world.buildings.lift[people.building].astype(bool)
    parent = (people.age >= PARENT_AGES[0]) & (people.age <= PARENT_AGES[1])
    working = (people.age >= WORKING_AGES[0]) & (people.age <= WORKING_AGES[1])
    woman, poor, none = people.sex.astype(np.int64), quintile < POOR_FIFTHS, np.zeros(people.rows, np.int64)
    barrier = np.maximum(people.barrier[:, LANGUAGE], people.barrier[:, DISABILITY])
    kinds = {"old_alone": ((people.age >= OLD) & (household == ONE_PERSON), 2 * stairs + woman),
             "lone_parent": (parent & (household == LONE_PARENT) & (people.job == EMPLOYED) & poor, woman),
             "family": (parent & (household == COUPLE_WITH_CHILDREN) & poor, none),
             "isolated": (working & isolated, none),
             "hindered": (working & (barrier >= HINDERED), none),
             "well_off": (parent & (quintile == RICHEST), none)}
    return {kind: kinds[kind] for kind in CASE_KINDS}


def _describe_person(world: World, row: int, run: Run) -> tuple[StoryPerson, bool]:
    """Who lives in a row, and whether the building has a lift."""
    code = int(world.communes.code[world.people.commune[row]])
    person = describe_person(world, row, run.scenario.territory.margins()[code].name)
    return person, bool(world.buildings.lift[world.people.building[row]])
