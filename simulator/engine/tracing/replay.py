"""One resident's story: the runs of two arms played again with somebody watching, from one shared past."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ...levers.active import ActiveLever
from ...levers.catalogue import HANDLES
from ...records.story import CHOICES, Life, Story
from ...rules.functioning import MICRO
from ...rules.needing import GROWN
from ...scenario.run import Run
from ...world.ties.isolation import isolated
from ...world.world import World
from ..calendar import fork_day, onset
from ..loop import Engine, use_threads
from .trace_log import Notes, numbers, person
from .tracer import Witness

THOUSAND = 1000.0
"""Hours and goods are counted in thousandths."""
Progress = Callable[[int, int], None]


def relive(runs: Sequence[Run], resident: int | str, *, threads: int = 1, progress: Progress | None = None) -> Story:
    """The story of a resident in one run, or in two that differ only in levers, the one without first.

    resident: a number (place by uid, or a uid), or one of CHOICES. ValueError if there is no such resident.
    """
    use_threads(threads)
    start = Engine(replace(runs[0], levers=()))
    passes = 1 if isinstance(resident, int) else 2
    count = _Count(passes * len(runs) * len(start.steps), progress)
    row = row_of(start.world, resident) if isinstance(resident, int) else _chosen(start, runs, resident, count)
    notes = Notes(start.world, runs[0].scenario, row)
    trunk = _Watched(start, Witness(notes), Life("", ()))
    trunk.play(fork_day(list(runs)) if any(run.levers for run in runs) else 0, count)
    lives = []
    for run in runs:
        arm = trunk.fork(run)
        arm.play(None, count)
        lives.append(arm.finish())
    return _story(runs[0], start.world, row, lives, "" if isinstance(resident, int) else resident)


class _Count:
    """How far all passes are."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self.done, self._progress = total, 0, progress

    def step(self) -> None:
        self.done += 1
        if self._progress is not None:
            self._progress(min(self.done, self.total), self.total)


def row_of(world: World, number: int) -> int:
    """The row of a resident by number or uid. ValueError saying what was expected."""
    people = world.people
    rows = np.flatnonzero(people.uid == number)
    if 0 <= number < people.rows:
        rows = np.flatnonzero(numbers(world) == number)
    if not rows.size:
        raise ValueError(f"no resident {number}: expected 0 to {people.rows - 1}, or one of {', '.join(CHOICES)}")
    return int(rows[0])


def _chosen(start: Engine, runs: Sequence[Run], how: str, count: _Count) -> int:
    """Play the runs unwatched, and choose by what became of everybody."""
    trunk = start.fork(start.run)
    until = fork_day(list(runs)) if any(run.levers for run in runs) else 0
    while not trunk.done and trunk.day < until:
        trunk.step()
        count.step()
    apart, worlds = isolated(trunk.world), []
    for run in runs:
        arm = trunk.fork(run)
        while not arm.done:
            arm.step()
            count.step()
        worlds.append(arm.world)
    return choose(worlds, apart, how)


def choose(worlds: Sequence[World], apart: np.ndarray, how: str) -> int:
    """Row of the resident of that kind, among adults in need in the crisis; apart u1[n]: isolated before any lever.

    typical: the median loss without levers; isolated: the same among the isolated; most_gained, most_lost: the greatest
    difference in loss between the two arms. ValueError where nobody or nothing answers to it.
    """
    people = worlds[0].people
    losses = [world.people.loss.astype(np.int64) for world in worlds]
    among = np.any([world.people.first_need >= 0 for world in worlds], axis=0) & (people.age >= GROWN)
    among &= apart.astype(bool) if how == "isolated" else True
    rows = np.flatnonzero(among)
    if how in ("most_gained", "most_lost") and len(worlds) < 2:
        raise ValueError(f"{how} compares two arms, and there is one: expected typical, isolated or a number")
    if not rows.size:
        raise ValueError(f"no adult is {how} and in need in a crisis here: give a number instead")
    if how in ("typical", "isolated"):
        score = np.abs(losses[0][rows] - np.median(losses[0][rows]))
    else:
        score = (losses[1] - losses[0])[rows] * (1 if how == "most_gained" else -1)
    return int(rows[np.lexsort((people.uid[rows], score))[0]])


class _Watched:
    """An engine, its witness, and the life that comes of it."""

    def __init__(self, engine: Engine, witness: Witness, life: Life) -> None:
        self.engine, self.witness, self.life = engine, witness, life
        self.notes = witness.notes
        engine.by_hand = witness.stages()
        self._told: set[str] = set()

    def fork(self, run: Run) -> _Watched:
        """The same past, then this run's own way."""
        labels = tuple({"id": lever.id, "fr": lever.label_fr, "en": lever.label_en} for lever in run.levers)
        life = Life(run.id, labels, self.life.before, self.life.onset)
        return _Watched(self.engine.fork(run), self.witness.copy(), life)

    def play(self, until: int | None, count: _Count) -> None:
        """Step by step up to a day, or to the end."""
        engine, calendar = self.engine, self.engine.run.scenario.calendar
        marks = {"before": calendar.day(calendar.levers), "onset": onset(engine.run.scenario)}
        while not engine.done and (until is None or engine.day < until):
            day, span = engine.steps[engine.at]
            for name, when in marks.items():
                if when is not None and getattr(self.life, name) is None and when < day + span:
                    setattr(self.life, name, self.notes.standing(engine.world, day))
            was = _sites(engine.world, self.notes.row)
            engine.step()
            self._look(was, day)
            count.step()

    def _look(self, was: Mapping[str, int], day: int) -> None:
        """What changed with the sites, and whether a lever has reached them."""
        world, i, notes = self.engine.world, self.notes.row, self.notes
        now = _sites(world, i)
        for k in range(world.people.candidate.shape[1]):
            if now["aware"] >> k & 1 and not was["aware"] >> k & 1:
                notes.event(day, "heard", site=notes.place(world, int(world.people.candidate[i, k])))
        for name, begun, ended in (("member", "joined", "left"), ("waiting", "queued", "gave_up")):
            if was[name] != now[name]:
                if was[name] >= 0 and not (name == "waiting" and now["member"] == was[name]):
                    notes.event(day, ended, site=notes.place(world, was[name]))
                if now[name] >= 0:
                    notes.event(day, begun, site=notes.place(world, now[name]))
        for lever in self.engine.levers:
            if lever.reach is not None and lever.lever.id not in self._told and lever.level(day) > 0:
                self._told.add(lever.lever.id)
                notes.event(day, "lever", id=lever.lever.id, reach=reach_of(lever, world, i))

    def finish(self) -> Life:
        """The life, once the run is played."""
        people, i, life = self.engine.world.people, self.notes.row, self.life
        life.events, life.days = self.notes.events, self.notes.days
        life.lost, life.alive = float(people.loss[i]) / MICRO, bool(people.alive[i])
        life.received, life.given = float(people.received[i]) / THOUSAND, float(people.given[i]) / THOUSAND
        return life


def _sites(world: World, row: int) -> dict[str, int]:
    return {name: int(getattr(world.people, name)[row]) for name in ("aware", "member", "waiting")}


def reach_of(lever: ActiveLever, world: World, row: int) -> str:
    """How a lever reaches a resident: person, site (their own, or one they may join), commune, or not at all."""
    reach, people = lever.reach, world.people
    if reach is None:
        return "none"
    owners = {HANDLES[turn.handle].owner for turn in lever.lever.turns if turn.value or turn.op != "add"}
    mine = {int(people.member[row]), *(int(s) for s in people.candidate[row])} - {-1}
    if "resident" in owners and row in reach.residents:
        return "person"
    if ("site" in owners and mine & set(reach.sites.tolist())) or mine & set(
            np.flatnonzero(np.isin(world.sites.uid, lever.opened)).tolist()):
        return "site"
    return "commune" if "institution" in owners and int(people.commune[row]) in reach.institutions else "none"


def _story(run: Run, world: World, row: int, lives: list[Life], chosen: str) -> Story:
    scenario, place = run.scenario, run.scenario.territory
    code = int(world.communes.code[world.people.commune[row]])
    crises = tuple({"id": card.id, "fr": card.label_fr, "en": card.label_en} for card in scenario.crises)
    return Story({"id": place.id, "fr": place.label_fr, "en": place.label_en}, crises, run.seed, chosen,
                 onset(scenario), person(world, row, place.margins()[code].name), lives)
