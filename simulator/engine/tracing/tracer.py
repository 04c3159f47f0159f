"""One resident watched while a run is played: each stage of help is played as ever, and what concerns them is noted.

A witness takes the place of stages by name, as twins do, calls the stage itself and reads its results: the run has the
same bits with and without it, and costs nothing where there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...phases import ask, cope, institution, live, need, relief, reserve
from ...phases.help import give
from ...phases.help.request import NOT_ASKED, Outcomes, Requests
from ...phases.projects import volunteer
from ...phases.step.columns import speakers
from ...phases.step.context import Moment
from ...records.story import AT_HOME, LOAN, OWN, Day
from ...rules.domain import DOMAIN_COUNT, DOMAINS, KIT, KNOW
from ...rules.needing import GROWN
from ...world.world import World
from .explain_decision import answer, channels, position, verdict
from .trace_log import Notes

D = range(DOMAIN_COUNT)


def domains_of(bits: int) -> list[str]:
    """Names of the domains whose bits are set."""
    return [DOMAINS[d] for d in D if bits >> d & 1]


class Asked:
    """Notes a resident's needs and what people did about them: voice, who finds out, requests and answers."""

    def __init__(self, notes: Notes) -> None:
        self.row, self.notes = notes.row, notes

    def _need(self, world: World, now: Moment) -> Any:
        books = need.events(world, now)
        people, i = world.people, self.row
        for hazard in sorted(now.hazards, key=lambda one: one.card.id):
            if hazard.started:
                self.notes.event(now.day, "crisis", id=hazard.card.id, exposure=float(hazard.exposure[i]))
        hit = any(hazard.exposure[i] > 0 for hazard in now.hazards)
        day = Day(now.day, self.notes.date(now.day), now.span, hit, [int(x) for x in people.need[i]])
        self.notes.open(day)
        self.notes.met(OWN if people.age[i] >= GROWN else AT_HOME, people.need[i] - people.backlog[i])
        return books

    def _at_home(self, stage: Callable[..., Any], source: str) -> Callable[..., Any]:
        def play(world: World, now: Moment, *given: np.ndarray) -> Any:
            before = world.people.backlog[self.row].copy()
            out = stage(world, now, *given)
            self.notes.met(source, before - world.people.backlog[self.row])
            return out

        return play

    def _voice(self, world: World, now: Moment, rows: np.ndarray, opened: np.ndarray) -> np.ndarray:
        out = ask.voice(world, now, rows, opened)
        m = position(rows, self.row)
        if m >= 0 and opened[m]:
            voices = self._voices(world)
            if out[m]:
                self.notes.event(now.day, "dares", domains=domains_of(int(out[m])), **voices)
            if opened[m] & ~out[m]:
                self.notes.event(now.day, "silent", domains=domains_of(int(opened[m] & ~out[m])), **voices)
        return out

    def _voices(self, world: World) -> dict[str, int]:
        """Who speaks for the resident, if it is somebody else."""
        s = int(speakers(world, np.array([self.row], np.int32))[0])
        return {} if s in (self.row, -1) else {"speaker": self.notes.number(s)}

    def _find(self, world: World, now: Moment, rows: np.ndarray, struck: np.ndarray) -> np.ndarray:
        out = ask.find(world, now, rows, struck)
        m = position(rows, self.row)
        if m >= 0 and out[m]:
            by = [(how, self.notes.number(j)) for how, j in channels(world, now, self.row, bool(struck[m]))]
            self.notes.event(now.day, "found", domains=domains_of(int(out[m])), by=by)
        return out

    def _far(self, world: World, now: Moment, rows: np.ndarray) -> Any:
        answered, amounts = ask.far(world, now, rows)
        m = position(answered, self.row)
        if m >= 0:
            self._got(now, "far", KNOW, int(amounts[m]))
        return answered, amounts

    def _got(self, now: Moment, source: str, domain: int, amount: int, **facts: object) -> None:
        if amount > 0:
            self.notes.met(source, [amount if d == domain else 0 for d in D])
            self.notes.event(now.day, "got", source=source, domain=DOMAINS[domain], amount=amount, **facts)

    def _give(self, world: World, now: Moment, requests: Requests) -> Any:
        i = self.row
        mine = (requests.target == i) | ((requests.row == i) | (requests.speaker == i))[:, None]
        told = {(int(r), int(turn)): answer(world, now, requests, int(r), int(turn))
                for r, turn in np.argwhere(mine & (requests.target >= 0))}
        outcomes, hours = give.give(world, now, requests)
        for (r, turn), facts in told.items():
            if outcomes.status[r, turn] != NOT_ASKED:
                self._answered(now, requests, outcomes, (r, turn), facts)
        return outcomes, hours

    def _answered(self, now: Moment, requests: Requests, outcomes: Outcomes, at: tuple[int, int],
                  facts: dict[str, Any]) -> None:
        r = at[0]
        amount, status = int(outcomes.amount[at]), int(outcomes.status[at])
        row, speaker, target = int(requests.row[r]), int(requests.speaker[r]), int(requests.target[at])
        told = {**facts, "amount": amount, "hours": int(outcomes.hours[at]), **verdict(status, facts)}
        told.pop("luck")
        if self.row == target:
            self.notes.event(now.day, "was_asked", by=self.notes.number(row), **told)
        elif self.row in (row, speaker):
            child = {} if self.row == row else {"for_": self.notes.number(row)}
            self.notes.event(now.day, "asked", of=self.notes.number(target), **child, **told)
        if self.row == row and amount > 0:
            self.notes.met(str(facts["kind"]), [amount if d == requests.domain[r] else 0 for d in D])


class Witness(Asked):
    """Follows the resident of the notes; `stages()` goes to Engine.by_hand, `notes` fills up."""

    def copy(self) -> Witness:
        """Another witness who remembers the same so far: for a fork."""
        return Witness(self.notes.copy())

    def stages(self) -> dict[str, Callable[..., Any]]:
        """Stage name to what plays it and notes what concerns the resident."""
        return {"need.events": self._need, "cope.loan": self._at_home(cope.loan, LOAN),
                "cope.household": self._at_home(cope.household, AT_HOME), "ask.voice": self._voice,
                "ask.find": self._find, "ask.far": self._far, "aid.give": self._give,
                "relief.goods": self._goods, "relief.hands": self._hands, "relief.rooms": self._rooms,
                "reserve.serve": self._reserve, "institution.apply": self._apply,
                "institution.claims": self._claims, "institution.ration": self._ration,
                "live.function": self._function}

    def _goods(self, world: World, now: Moment, rows: np.ndarray, host: np.ndarray) -> np.ndarray:
        out = relief.goods(world, now, rows, host)
        m = position(rows, self.row)
        for d in D if m >= 0 else ():
            lent = d == KIT and out[m, d] > 0
            amount = int(world.people.backlog[self.row, KIT]) if lent else int(out[m, d])
            self._got(now, "site", d, amount, site=self.notes.place(world, int(host[m])),
                      how="kit" if lent else "goods")
        return out

    def _hands(self, world: World, now: Moment, rows: np.ndarray, host: np.ndarray) -> Any:
        out, volunteers, given = volunteer.hands(world, now, rows, host)
        m, v = position(rows, self.row), position(volunteers, self.row)
        for d in D if m >= 0 else ():
            self._got(now, "site", d, int(out[m, d]), site=self.notes.place(world, int(host[m])), how="hands")
        if v >= 0 and given[v] > 0:
            self.notes.event(now.day, "volunteered", amount=int(given[v]),
                             site=self.notes.place(world, int(world.people.member[self.row])))
        return out, volunteers, given

    def _rooms(self, world: World, now: Moment, rows: np.ndarray, host: np.ndarray) -> np.ndarray:
        out = relief.rooms(world, now, rows, host)
        m = position(rows, self.row)
        if m >= 0 and out[m]:
            self._got(now, "site", KIT, int(world.people.backlog[self.row, KIT]), how="room",
                      site=self.notes.place(world, int(host[m])))
        return out

    def _reserve(self, world: World, now: Moment, rows: np.ndarray) -> Any:
        out, volunteers, given = reserve.serve(world, now, rows)
        m, v = position(rows, self.row), position(volunteers, self.row)
        for d in D if m >= 0 else ():
            self._got(now, "stranger", d, int(out[m, d]), how="reserve")
        if v >= 0 and given[v] > 0:
            self.notes.event(now.day, "volunteered", amount=int(given[v]), site=None)
        return out, volunteers, given

    def _apply(self, world: World, now: Moment, rows: np.ndarray) -> np.ndarray:
        out = institution.apply(world, now, rows)
        m = position(rows, self.row)
        if m >= 0 and out[m]:
            self.notes.event(now.day, "applied", domains=domains_of(int(out[m])))
        return out

    def _claims(self, world: World, now: Moment, rows: np.ndarray) -> np.ndarray:
        out = institution.claims(world, now, rows)
        m = position(rows, self.row)
        if m >= 0:
            unmet, known = world.people.backlog[self.row], int(world.people.applied[self.row])
            waits = [DOMAINS[d] for d in D if known >> d & 1 and unmet[d] > 0 and out[m, d] == 0]
            if waits:
                self.notes.event(now.day, "institution_waits", domains=waits)
        return out

    def _ration(self, world: World, now: Moment, rows: np.ndarray, claimed: np.ndarray) -> np.ndarray:
        out = institution.ration(world, now, rows, claimed)
        m = position(rows, self.row)
        for d in D if m >= 0 else ():
            self._got(now, "institution", d, int(out[m, d]), claimed=int(claimed[m, d]))
            if claimed[m, d] > 0 and out[m, d] == 0:
                self.notes.event(now.day, "institution_empty", domain=DOMAINS[d], amount=int(claimed[m, d]))
        return out

    def _function(self, world: World, now: Moment) -> int:
        people, i = world.people, self.row
        alive, unmet = bool(people.alive[i]), [int(x) for x in people.backlog[i]]
        deaths = live.function(world, now)
        self.notes.close(now.day, unmet, float(people.functioning[i]))
        if alive and not people.alive[i]:
            self.notes.event(now.day, "died")
        return deaths
