"""Who helps the resident in a crisis, and whom the resident helps: asking, promises, sites, groups, institutions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...kernel.random_streams import ROSTER
from ...phases import collective_aid, public_aid
from ...phases.aftermath import asking_round, pools, promises
from ...phases.aftermath.asking_round import Answers
from ...phases.aftermath.promises import KeptPromises
from ...phases.aftermath.rehousing import applies_in_crisis
from ...phases.aftermath.serving import OpenAdults
from ...phases.step.columns import view_residents
from ...phases.step.context import StepContext
from ...records.story import PROMISE_SOURCE
from ...rules.need_domains import ASSISTANCE, BY_RESERVE, BY_SITE, EQUIPMENT, SOURCES
from ...world.population.people import FOUND, MAX_PROMISES
from ...world.world import World
from .answer_factors import (
    compute_answer_factors,
    compute_application_chance,
    compute_asking_chance,
    describe_finding,
    find_row,
    name_helper_kind,
    read_resident_handle,
)
from .home_tracer import HomeTracer, add_amounts


class AskingTracer(HomeTracer):
    """Wraps the stages of the phase `mutual_aid`."""

    def _list_speakers(self, world: World) -> list[int]:
        """The resident, and who acts for the home."""
        return sorted({self.row, self.find_actor(world)} - {-1}, key=lambda row: row != self.row)

    def _name_speaker(self, row: int) -> dict[str, int]:
        return {} if row == self.row else {"speaker": self.log.resident_number(row)}

    def trace_voices(self, world: World, context: StepContext, adults: OpenAdults) -> np.ndarray:
        """Whether the resident asks in this crisis, or was found in need."""
        people, i = world.people, self.row
        was_found = bool(people.crisis_marks[i] & FOUND)
        out = asking_round.list_voices(world, context, adults)
        m = find_row(adults.rows, i)
        if m < 0:
            return out
        is_found = bool(people.crisis_marks[i] & FOUND)
        reluctance = read_resident_handle(context, "reluctance", i)
        speaks = asking_round.has_voice(i, context.key, context.crisis_day, reluctance,
                                        world.settings.mutual_aid.numbers, view_residents(world))
        chance = compute_asking_chance(world, context, i)
        self.log.add_per_crisis(context, "dares" if speaks else "silent", "voice", chance=chance)
        if is_found and not was_found:
            self.log.add_event(context.day, "found", **describe_finding(world, context, i))
        return out

    def trace_asking(self, world: World, context: StepContext, adults: OpenAdults, voices: np.ndarray) -> Answers:
        """Whom the resident asks and who asks the resident, each answer with its factors."""
        answers = asking_round.ask_for_promises(world, context, adults, voices)
        log, speakers = self.log, self._list_speakers(world)
        for m in (find_row(adults.rows, row) for row in speakers):
            for turn in np.flatnonzero(answers.target[m] != -1) if m >= 0 else ():
                facts = compute_answer_factors(world, context, adults, voices, answers, (m, int(turn)))
                facts.pop("number")
                log.add_event(context.day, "asked", of=log.resident_number(int(answers.target[m, turn])),
                              **self._name_speaker(int(adults.rows[m])), **facts)
        for m, turn in np.argwhere(answers.target == self.row):
            facts = compute_answer_factors(world, context, adults, voices, answers, (int(m), int(turn)))
            facts.pop("number")
            log.add_event(context.day, "was_asked", by=log.resident_number(int(adults.rows[m])), **facts)
        return answers

    def trace_promises(self, world: World, context: StepContext, adults: OpenAdults) -> KeptPromises:
        """Which promises are kept, to the resident and by the resident, and which end."""
        log, day = self.log, self.log.open_step(world, context)
        needs, work = np.array(log.read_needs(world)), np.array(log.read_work(world))
        kept = promises.keep_promises(world, context, adults)
        add_amounts(day.met, PROMISE_SOURCE, needs - log.read_needs(world))
        add_amounts(day.served, PROMISE_SOURCE, work - log.read_work(world))
        for row in self._list_speakers(world):
            m = find_row(adults.rows, row)
            for k in range(MAX_PROMISES) if m >= 0 else ():
                self._note_promise(world, context, kept, m, k, row)
        for m, k in np.argwhere((kept.helper == self.row) & (kept.given > 0)):
            to = log.resident_number(int(adults.rows[m]))
            log.add_once((to,), context.day, "gives", to=to, kind=name_helper_kind(int(kept.source[m, k]), self.row))
        return kept

    def _note_promise(self, world: World, context: StepContext, kept: KeptPromises, m: int, k: int, row: int) -> None:
        helper, source = int(kept.helper[m, k]), int(kept.source[m, k])
        if helper == -1:
            return
        number, kind = self.log.resident_number(helper), name_helper_kind(source, helper)
        if kept.given[m, k] > 0:
            self.log.count_kept_promise(number, kind, int(kept.given[m, k]))
            self.log.add_once((row, k, helper), context.day, "kept", of=number, kind=kind, **self._name_speaker(row))
        if world.people.promise[row, k] == -1:
            self.log.add_event(context.day, "promise_ended", of=number, kind=kind, **self._name_speaker(row))


class HelpTracer(AskingTracer):
    """Wraps the stages of `collective_aid` and `public_aid`, and lists those of `mutual_aid` with them."""

    _host = -1
    """Row of the site to which the resident, or who acts for the home, brings needs in this step."""
    _offer: tuple[int, int] | None = None
    """Who takes up hours that the resident offers in this step (index in SOURCES), and hours given before."""

    def catch_up(self, world: World, context: StepContext, name: str, arguments: tuple[Any, ...]) -> None:
        """Note what happened between two stages: a site's kit or room, hours of volunteers."""
        people, i, today = world.people, self.row, self.log.today
        if self._offer is not None and not (name == "share_out_pool" and arguments[5] == self._offer[0]):
            source, before = self._offer
            self._offer = None
            if people.given_milli[i] > before:
                site = self.log.describe_site(world, int(people.member[i])) if source == BY_SITE else None
                self.log.add_once((source,), context.day, "volunteered", site=site)
                self.log.volunteered += int(people.given_milli[i]) - before
        if today is not None and today.day == context.day and self._host >= 0:
            lent = self._needs_before - np.array(self.log.read_needs(world))
            if lent[EQUIPMENT] > 0:
                add_amounts(today.met, SOURCES[BY_SITE], lent * (np.arange(lent.size) == EQUIPMENT))
                self._tell_help(world, context, BY_SITE, "kit" if people.loan[i] >= 0 else "room")

    def note_needs(self, world: World) -> None:
        """Remember what is open after a stage."""
        self._needs_before = np.array(self.log.read_needs(world))

    def trace_hosts(self, world: World, context: StepContext, adults: OpenAdults) -> np.ndarray:
        """Which site the resident brings needs to."""
        out = collective_aid.match_open_adults_to_sites(world, context, adults)
        m = next((m for m in (find_row(adults.rows, row) for row in self._list_speakers(world)) if m >= 0), -1)
        self._host = int(out[m]) if m >= 0 else -1
        if self._host >= 0:
            self.log.add_per_crisis(context, "turns_to_site", self._host,
                                    site=self.log.describe_site(world, self._host))
        return out

    def trace_pool(self, world: World, context: StepContext, adults: OpenAdults, users: np.ndarray,
                   *rest: Any) -> np.ndarray:
        """What a site, reserve, group or institution gives. rest: see pools.share_out_pool."""
        _, _, limits, source, _ = rest
        day, needs = self.log.open_step(world, context), np.array(self.log.read_needs(world))
        work = np.array(self.log.read_work(world))
        used = pools.share_out_pool(world, context, adults, users, *rest)
        met, served = needs - self.log.read_needs(world), work - self.log.read_work(world)
        add_amounts(day.met, SOURCES[source], met)
        add_amounts(day.served, SOURCES[source], served)
        if met.any() or served.any():
            how = ("hands" if limits[ASSISTANCE] else "goods") if source == BY_SITE else ""
            self._tell_help(world, context, source, how)
        elif any(needs) or any(work):
            listed = [find_row(adults.rows, row) for row in self._list_speakers(world)]
            if source != BY_SITE and any(m >= 0 and users[m] for m in listed):
                self.log.add_per_crisis(context, "nothing_left", source, source=SOURCES[source])
        return used

    def _tell_help(self, world: World, context: StepContext, source: int, how: str) -> None:
        facts = {"how": how, "site": self.log.describe_site(world, self._host)} if source == BY_SITE else {}
        self.log.add_once((source, how), context.day, "got", source=SOURCES[source], **facts)

    def trace_volunteers(self, world: World, context: StepContext, rows: np.ndarray, stream: int,
                         *rest: Any) -> tuple[np.ndarray, np.ndarray]:
        """Hours that the resident offers as a volunteer of a site or of the reserve."""
        out = collective_aid.list_crisis_volunteers(world, context, rows, stream, *rest)
        if find_row(out[0], self.row) >= 0:
            self._offer = (BY_SITE if stream == ROSTER else BY_RESERVE, int(world.people.given_milli[self.row]))
        return out

    def trace_applicants(self, world: World, context: StepContext, adults: OpenAdults) -> np.ndarray:
        """Whether the resident, or who acts for the home, applies to the institution, and since when it can give."""
        waited = public_aid.list_applicants(world, context, adults)
        for row in self._list_speakers(world):
            m = find_row(adults.rows, row)
            if m < 0:
                continue
            linked = float(context.handles.institution("accessibility")[world.people.commune[row]])
            applies = applies_in_crisis(row, context.key, context.crisis_day, linked,
                                        world.settings.collective_aid.numbers, view_residents(world))
            what = "applied" if waited[m] >= 0 else "institution_waits" if applies else "no_application"
            self.log.add_per_crisis(context, what, (what, row), **self._name_speaker(row),
                                    chance=compute_application_chance(world, context, row))
        return waited

    def list_help_stages(self) -> Mapping[str, Any]:
        """Stage name -> function that plays the stage and records help."""
        return {"list_voices": self.trace_voices, "ask_for_promises": self.trace_asking,
                "keep_promises": self.trace_promises, "match_open_adults_to_sites": self.trace_hosts,
                "share_out_pool": self.trace_pool, "list_crisis_volunteers": self.trace_volunteers,
                "list_applicants": self.trace_applicants}
