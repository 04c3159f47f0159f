"""Why somebody asks or not, and why who is asked says yes or no: the rules applied again, with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...kernel.keyed_random import draw_words, to_uniform
from ...kernel.random_streams import PROMISE
from ...phases.aftermath.asking_round import Answers, key_of_helper, list_wanted_domains, source_of, trust_of_helper
from ...phases.aftermath.serving import OpenAdults
from ...phases.aftermath.whom_to_ask import FAR_KIN as FAR_KIN_ROW
from ...phases.step.columns import view_residents, view_ties
from ...phases.step.context import StepContext
from ...rules.asking import is_registered
from ...rules.mutual_aid import (
    crisis_application_probability,
    found_probability,
    promise_probability,
    promised_hours,
    voice_probability,
)
from ...rules.need_domains import BY_KIN, BY_STRANGER, DOMAINS
from ...rules.tie_kinds import TIE_KINDS
from ...world.population.people import HIT
from ...world.world import World

FULL_TRUST = UNHURT = 1.0


def find_row(rows: np.ndarray, row: int) -> int:
    """Index of a row in a list of rows, -1 if it is not there."""
    found = np.flatnonzero(np.asarray(rows) == row)
    return int(found[0]) if found.size else -1


def list_domain_names(bits: int) -> list[str]:
    """Names of the domains whose bits are set."""
    return [name for d, name in enumerate(DOMAINS) if bits >> d & 1]


def name_helper_kind(source: int, row: int) -> str:
    """What a helper is to who asked: a kind of tie, acquaintance, or kin and others off the map."""
    if row < 0:
        return "far_kin" if row == FAR_KIN_ROW else "far_other"
    return "acquaintance" if source == BY_STRANGER else TIE_KINDS[source - BY_KIN]


def compute_answer_factors(world: World, context: StepContext, adults: OpenAdults, voices: np.ndarray,
                           answers: Answers, cell: tuple[int, int]) -> dict[str, Any]:
    """What decided one answer of a round of asking that has just been played. cell: adult m and turn.

    trust: of the helper in who asks; state: the helper's functioning, less if hit too; times: how often who asks had
    asked before; chance of a yes in a domain; number: the lowest of the domains' random numbers, to compare it with.
    why, for a refusal: "state", "times" or "trust" if an unhurt helper, a first asking or full trust would have made
    it a yes, else "luck".
    """
    people, p, (m, turn) = world.people, world.settings.mutual_aid.numbers, cell
    s, j, slot = int(adults.rows[m]), int(answers.target[cell]), int(answers.slot[cell])
    trust = float(trust_of_helper(s, j, slot, view_ties(world), p))
    state = 1.0
    if j >= 0:
        state = float(people.functioning[j]) * (p.hit_helper if people.crisis_marks[j] & HIT else 1.0)
    times = max(0, int(people.times_asked[s]) - 1)
    wanted = int(voices[m]) & int(list_wanted_domains(s, adults.carries[m], p, view_residents(world),
                                                      people.crisis_backlog, world.households.aftermath))
    who, variant = key_of_helper(j, turn, answers.target[m], people.uid)
    words = draw_words(context.key, people.uid[s], np.uint32(who), context.day, PROMISE, variant)
    number = min(float(to_uniform(words[d])) for d in range(len(DOMAINS)) if wanted >> d & 1)
    yes = int(answers.domains[cell])
    factors: dict[str, Any] = {
        "kind": name_helper_kind(int(source_of(s, j, slot, view_ties(world))), j), "domains": list_domain_names(wanted),
        "trust": trust, "state": state, "times": times, "chance": float(promise_probability(trust, state, times, p)),
        "number": number, "answer": "promised" if yes else "refused"}
    if yes:
        return {**factors, "yes": list_domain_names(yes), "hours": int(promised_hours(trust, p))}
    return {**factors, "why": _find_reason(number, trust, state, times, p)}


def _find_reason(number: float, trust: float, state: float, times: int, p: Any) -> str:
    if number < promise_probability(trust, UNHURT, times, p):
        return "state"
    if number < promise_probability(trust, state, 0.0, p):
        return "times"
    return "trust" if number < promise_probability(FULL_TRUST, state, times, p) else "luck"


def compute_asking_chance(world: World, context: StepContext, i: int) -> float:
    """P(adult i asks for help in this crisis)."""
    reluctance = read_resident_handle(context, "reluctance", i)
    return float(voice_probability(float(world.people.agency[i]), reluctance, world.settings.mutual_aid.numbers))


def describe_finding(world: World, context: StepContext, i: int) -> dict[str, Any]:
    """Who looks for adult i in need, and the chance that i is found in a step."""
    rates = dict(_list_finding_rates(world, context, i))
    chance = float(found_probability(sum(rates.values()), context.span, world.settings.mutual_aid.numbers))
    return {"by": [channel for channel, rate in rates.items() if rate > 0] or ["people"], "chance": chance}


def _list_finding_rates(world: World, context: StepContext, i: int) -> Iterator[tuple[str, float]]:
    """Rates per day beyond the usual one: neighbours who look in, outreach, calls to those on the register."""
    people, handles, commune = world.people, context.handles, world.people.commune[i]
    if not context.is_cut("strangers"):
        usual = world.settings.asking.neighbour_detection
        yield "neighbour", max(0.0, read_resident_handle(context, "neighbour_check", i) - usual)
    yield "visit", read_resident_handle(context, "check_rate", i)
    if is_registered(people.age[i], people.consent[i], float(people.register_rank[i]),
                     handles.institution("register")[commune]):
        yield "call", float(handles.institution("call_rate")[commune]) * handles.territory("phone")


def compute_application_chance(world: World, context: StepContext, i: int) -> float:
    """P(adult i applies to the institution in this crisis)."""
    linked = float(context.handles.institution("accessibility")[world.people.commune[i]])
    return float(crisis_application_probability(float(world.people.trust_institutions[i]), linked,
                                                world.settings.collective_aid.numbers))


def read_resident_handle(context: StepContext, handle: str, i: int) -> float:
    """A resident handle's value for resident i."""
    value = context.handles.resident(handle)
    return float(value[min(i, value.size - 1)])
