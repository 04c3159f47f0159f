"""A tracer of one resident: it wraps the stages of help and records what concerns them.

It replaces stages by name, as the reference loops do; each replacement calls the original stage and reads its results.
A traced run therefore has the same outcome bit for bit, and a run without a tracer pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...phases import ask, cope, functioning, heat, institution, need, relief, reserve
from ...phases.help import answers, volunteer_time
from ...phases.help.requests import NOT_ASKED, Outcomes, Requests
from ...phases.step.columns import find_speakers
from ...phases.step.context import StepContext
from ...records.story import HOUSEHOLD_SOURCE, LOAN_SOURCE, OWN_MEANS_SOURCE, StoryDay
from ...rules.need_domains import DOMAIN_COUNT, DOMAINS, EQUIPMENT, KNOW_HOW
from ...rules.needing import ADULT_AGE
from ...world.world import World
from .decision_factors import compute_decision_factors, explain_decision, find_row, list_detection_channels
from .trace_log import TraceLog

DOMAIN_RANGE = range(DOMAIN_COUNT)


def list_domain_names(bits: int) -> list[str]:
    """Names of the domains whose bits are set."""
    return [DOMAINS[d] for d in DOMAIN_RANGE if bits >> d & 1]


class RequestTracer:
    """Records a resident's needs and what people do about them: asking, detection, requests and answers."""

    def __init__(self, log: TraceLog) -> None:
        self.row, self.log = log.row, log

    def _trace_need_events(self, world: World, context: StepContext) -> Any:
        outcome = need.update_needs(world, context)
        people, i = world.people, self.row
        for hazard in sorted(context.hazards, key=lambda state: state.card.id):
            if hazard.started:
                self.log.add_event(context.day, "crisis", id=hazard.card.id, exposure=float(hazard.exposure[i]))
        exposed = any(hazard.exposure[i] > 0 for hazard in context.hazards)
        self.log.open_day(StoryDay(context.day, self.log.iso_date(context.day), context.span, exposed,
                                   [int(amount) for amount in people.need[i]]))
        source = OWN_MEANS_SOURCE if people.age[i] >= ADULT_AGE else HOUSEHOLD_SOURCE
        self.log.add_met_need(source, people.need[i] - people.backlog[i])
        return outcome

    def _trace_home_stage(self, stage: Callable[..., Any], source: str) -> Callable[..., Any]:
        def play(world: World, context: StepContext, *arguments: np.ndarray) -> Any:
            before = world.people.backlog[self.row].copy()
            out = stage(world, context, *arguments)
            self.log.add_met_need(source, before - world.people.backlog[self.row])
            return out

        return play

    def _trace_asking(self, world: World, context: StepContext, rows: np.ndarray, opened: np.ndarray) -> np.ndarray:
        out = ask.ask_for_help(world, context, rows, opened)
        m = find_row(rows, self.row)
        if m >= 0 and opened[m]:
            speaker, silent = self._describe_speaker(world), int(opened[m] & ~out[m])
            if out[m]:
                self.log.add_event(context.day, "dares", domains=list_domain_names(int(out[m])), **speaker)
            if silent:
                self.log.add_event(context.day, "silent", domains=list_domain_names(silent), **speaker)
        return out

    def _describe_speaker(self, world: World) -> dict[str, int]:
        """The number of the adult who asks for the resident, if it is somebody else."""
        s = int(find_speakers(world, np.array([self.row], np.int32))[0])
        return {} if s in (self.row, -1) else {"speaker": self.log.resident_number(s)}

    def _trace_detection(self, world: World, context: StepContext, rows: np.ndarray, exposed: np.ndarray) -> np.ndarray:
        out = ask.detect_needs(world, context, rows, exposed)
        m = find_row(rows, self.row)
        if m >= 0 and out[m]:
            by = [(channel, self.log.resident_number(j))
                  for channel, j in list_detection_channels(world, context, self.row, bool(exposed[m]))]
            self.log.add_event(context.day, "found", domains=list_domain_names(int(out[m])), by=by)
        return out

    def _trace_off_map_help(self, world: World, context: StepContext, rows: np.ndarray) -> Any:
        answered, amounts = ask.list_off_map_help(world, context, rows)
        m = find_row(answered, self.row)
        if m >= 0:
            self._log_received_help(context, "far", KNOW_HOW, int(amounts[m]))
        return answered, amounts

    def _log_received_help(self, context: StepContext, source: str, domain: int, amount: int, **facts: object) -> None:
        if amount > 0:
            self.log.add_met_need(source, [amount if d == domain else 0 for d in DOMAIN_RANGE])
            self.log.add_event(context.day, "got", source=source, domain=DOMAINS[domain], amount=amount, **facts)

    def _trace_giving(self, world: World, context: StepContext, requests: Requests) -> Any:
        i = self.row
        concerned = (requests.target == i) | ((requests.row == i) | (requests.speaker == i))[:, None]
        factors = {(int(r), int(turn)): compute_decision_factors(world, context, requests, int(r), int(turn))
                   for r, turn in np.argwhere(concerned & (requests.target >= 0))}
        outcomes, hours = answers.answer_requests(world, context, requests)
        for cell, decision_factors in factors.items():
            if outcomes.status[cell] != NOT_ASKED:
                self._log_answer(context, requests, outcomes, cell, decision_factors)
        return outcomes, hours

    def _log_answer(self, context: StepContext, requests: Requests, outcomes: Outcomes, cell: tuple[int, int],
                    factors: dict[str, Any]) -> None:
        """Record the answer to one request. cell: row and turn in the tables of requests and outcomes."""
        r, _ = cell
        amount, status = int(outcomes.amount[cell]), int(outcomes.status[cell])
        row, speaker, target = int(requests.row[r]), int(requests.speaker[r]), int(requests.target[cell])
        facts = {**factors, "amount": amount, "hours": int(outcomes.hours[cell]), **explain_decision(status, factors)}
        facts.pop("number")
        if self.row == target:
            self.log.add_event(context.day, "was_asked", by=self.log.resident_number(row), **facts)
        elif self.row in (row, speaker):
            child = {} if self.row == row else {"for_": self.log.resident_number(row)}
            self.log.add_event(context.day, "asked", of=self.log.resident_number(target), **child, **facts)
        if self.row == row and amount > 0:
            amounts = [amount if d == requests.domain[r] else 0 for d in DOMAIN_RANGE]
            self.log.add_met_need(str(factors["kind"]), amounts)


class ResidentTracer(RequestTracer):
    """Traces the resident of a log, which it fills. `list_traced_stages()` is to be set as `Engine.by_hand`."""

    def copy(self) -> ResidentTracer:
        """A tracer with a copy of the log, for a fork."""
        return ResidentTracer(self.log.copy())

    def list_traced_stages(self) -> dict[str, Callable[..., Any]]:
        """Stage name -> function that plays the stage and records what concerns the resident."""
        return {
            "update_needs": self._trace_need_events,
            "use_loaned_kits": self._trace_home_stage(cope.use_loaned_kits, LOAN_SOURCE),
            "use_household_means": self._trace_home_stage(cope.use_household_means, HOUSEHOLD_SOURCE),
            "ask_for_help": self._trace_asking,
            "detect_needs": self._trace_detection,
            "list_off_map_help": self._trace_off_map_help,
            "answer_requests": self._trace_giving,
            "allocate_site_goods": self._trace_site_goods,
            "allocate_site_volunteers": self._trace_site_volunteers,
            "allocate_refuge_places": self._trace_site_rooms,
            "allocate_reserve_volunteers": self._trace_reserve,
            "apply_for_aid": self._trace_applications,
            "list_claims": self._trace_claims,
            "ration_claims": self._trace_rationing,
            "update_strain_and_deaths": self._trace_heat,
            "update_everybodys_functioning": self._trace_functioning,
        }

    def _trace_site_goods(self, world: World, context: StepContext, rows: np.ndarray, host: np.ndarray) -> np.ndarray:
        out = relief.allocate_site_goods(world, context, rows, host)
        m = find_row(rows, self.row)
        for d in DOMAIN_RANGE if m >= 0 else ():
            on_loan = d == EQUIPMENT and out[m, d] > 0
            amount = int(world.people.backlog[self.row, EQUIPMENT]) if on_loan else int(out[m, d])
            self._log_received_help(context, "site", d, amount, site=self.log.describe_site(world, int(host[m])),
                                    how="kit" if on_loan else "goods")
        return out

    def _trace_site_volunteers(self, world: World, context: StepContext, rows: np.ndarray, host: np.ndarray) -> Any:
        out, volunteers, hours = volunteer_time.allocate_site_volunteers(world, context, rows, host)
        m, v = find_row(rows, self.row), find_row(volunteers, self.row)
        for d in DOMAIN_RANGE if m >= 0 else ():
            self._log_received_help(context, "site", d, int(out[m, d]), how="hands",
                                    site=self.log.describe_site(world, int(host[m])))
        if v >= 0 and hours[v] > 0:
            self.log.add_event(context.day, "volunteered", amount=int(hours[v]),
                               site=self.log.describe_site(world, int(world.people.member[self.row])))
        return out, volunteers, hours

    def _trace_site_rooms(self, world: World, context: StepContext, rows: np.ndarray, host: np.ndarray) -> np.ndarray:
        out = relief.allocate_refuge_places(world, context, rows, host)
        m = find_row(rows, self.row)
        if m >= 0 and out[m]:
            self._log_received_help(context, "site", EQUIPMENT, int(world.people.backlog[self.row, EQUIPMENT]),
                                    how="room", site=self.log.describe_site(world, int(host[m])))
        return out

    def _trace_reserve(self, world: World, context: StepContext, rows: np.ndarray) -> Any:
        out, volunteers, hours = reserve.allocate_reserve_volunteers(world, context, rows)
        m, v = find_row(rows, self.row), find_row(volunteers, self.row)
        for d in DOMAIN_RANGE if m >= 0 else ():
            self._log_received_help(context, "stranger", d, int(out[m, d]), how="reserve")
        if v >= 0 and hours[v] > 0:
            self.log.add_event(context.day, "volunteered", amount=int(hours[v]), site=None)
        return out, volunteers, hours

    def _trace_applications(self, world: World, context: StepContext, rows: np.ndarray) -> np.ndarray:
        out = institution.apply_for_aid(world, context, rows)
        m = find_row(rows, self.row)
        if m >= 0 and out[m]:
            self.log.add_event(context.day, "applied", domains=list_domain_names(int(out[m])))
        return out

    def _trace_claims(self, world: World, context: StepContext, rows: np.ndarray) -> np.ndarray:
        out = institution.list_claims(world, context, rows)
        m = find_row(rows, self.row)
        if m >= 0:
            unmet, applied = world.people.backlog[self.row], int(world.people.applied[self.row])
            waiting = [DOMAINS[d] for d in DOMAIN_RANGE if applied >> d & 1 and unmet[d] > 0 and out[m, d] == 0]
            if waiting:
                self.log.add_event(context.day, "institution_waits", domains=waiting)
        return out

    def _trace_rationing(self, world: World, context: StepContext, rows: np.ndarray, claimed: np.ndarray) -> np.ndarray:
        out = institution.ration_claims(world, context, rows, claimed)
        m = find_row(rows, self.row)
        for d in DOMAIN_RANGE if m >= 0 else ():
            self._log_received_help(context, "institution", d, int(out[m, d]), claimed=int(claimed[m, d]))
            if claimed[m, d] > 0 and out[m, d] == 0:
                self.log.add_event(context.day, "institution_empty", domain=DOMAINS[d], amount=int(claimed[m, d]))
        return out

    def _trace_heat(self, world: World, context: StepContext, doses: np.ndarray) -> int:
        alive = bool(world.people.alive[self.row])
        deaths = heat.update_strain_and_deaths(world, context, doses)
        if alive and not world.people.alive[self.row]:
            self.log.add_event(context.day, "died")
        return deaths

    def _trace_functioning(self, world: World, context: StepContext) -> None:
        people, i = world.people, self.row
        functioning.update_everybodys_functioning(world, context)
        self.log.close_day(context.day, [int(x) for x in people.backlog[i]], float(people.functioning[i]))
