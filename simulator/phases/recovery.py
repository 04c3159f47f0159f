"""Recovery: crisis needs last, pass or leave aftermath; some of that is given up; displaced people return home."""

from __future__ import annotations

import math

import numpy as np

from ..kernel.compiled import chunk_range, kernel, parallel_kernel, rule
from ..kernel.keyed_random import draw_uniform
from ..kernel.random_streams import RETURN_HOME
from ..kernel.threads import max_chunks
from ..rules.aftermath import given_up_amount, paper_gate, return_rate, scar_of_need
from ..rules.belief import apply_loss
from ..rules.need_domains import DOMAIN_COUNT, DOMAINS, KNOW_HOW
from ..rules.needing import ADULT_AGE, carry_over_need
from ..world.population.people import FIRST_HARM_BIT
from ..world.world import World
from .aftermath.rehousing import applies_in_crisis, count_trusted
from .aftermath.serving import OpenAdults, list_open_adults
from .step.columns import find_acting_adult, view_housing, view_residents
from .step.context import StepContext
from .step.hazard_arrays import get_carry_over_share, get_hazard_arrays
from .step.household_order import end_of_household, first_household_of_chunk, sort_by_household

WRITES = ("people.crisis_backlog", "people.crisis_marks", "people.agency", "people.trust_general",
          "people.trust_general0", "households.aftermath", "households.aftermath_made", "households.aftermath_on",
          "households.given_up", "households.displaced")
FLOW_COUNT = 3
FADED, SCARS, GIVEN_UP = range(FLOW_COUNT)
"""What becomes of what is open at the end of a step."""


def step(world: World, context: StepContext) -> None:
    """Needs pass and leave aftermath, aftermath is given up, displaced households find a home."""
    ledger, people = world.ledger, world.people
    adults = list_open_adults(world, context)
    if len(adults.rows):
        ledger.crisis_unmet += people.crisis_backlog[adults.rows].sum(axis=0, dtype=np.int64)
        context.run_stage(harm_power_to_act, world, adults)
        flows = context.run_stage(settle_open_needs, world, adults)
        ledger.crisis_faded += flows[FADED]
        ledger.aftermath_scars += flows[SCARS]
        ledger.aftermath_given_up += flows[GIVEN_UP]
    if len(adults.rows) or world.households.displaced.any():
        context.run_stage(return_home, world)
    ledger.aftermath_open += world.households.aftermath.sum(axis=0, dtype=np.int64)


def settle_open_needs(world: World, context: StepContext, adults: OpenAdults) -> np.ndarray:
    """Carry crisis needs over, leave scars, give up aftermath. Returns int64[3, d]: faded, scars, given up."""
    people, homes, s = world.people, world.households, world.settings
    residents, flows = view_residents(world), np.zeros((max_chunks(), FLOW_COUNT, len(DOMAINS)), np.int64)
    _settle_open_needs(*sort_by_household(adults.rows, residents.uid, residents.household, adults.carries), residents,
                       get_hazard_arrays(context, len(people)), context.day, context.span, s.needing.carry,
                       s.aftermath.numbers, people.crisis_backlog, homes.aftermath, homes.aftermath_made,
                       homes.aftermath_on, homes.given_up, flows)
    return flows.sum(axis=0)


@parallel_kernel
def _settle_open_needs(listed, carries, residents, hazards, day, span, usual, p, backlog, aftermath, made, since,
                       given_up, flows, chunk, chunks):
    at = first_household_of_chunk(listed, residents.household, chunk, chunks)
    stop = chunk_range(listed.size, chunk, chunks).stop
    while at < stop:
        end = end_of_household(listed, at, residents.household)
        h = residents.household[listed[at]]
        for m in range(at, end):
            i = listed[m]
            for d in range(DOMAIN_COUNT):
                unmet = np.int64(backlog[i, d])
                if unmet > 0:
                    lasts = carry_over_need(unmet, get_carry_over_share(i, d, hazards, usual), span)
                    scar = scar_of_need(unmet - lasts, p)
                    backlog[i, d] = lasts
                    flows[chunk, FADED, d] += unmet - lasts
                    flows[chunk, SCARS, d] += scar
                    aftermath[h, d] += scar
                    made[h, d] += scar
                    since[h] = day if since[h] < 0 and scar > 0 else since[h]
            if carries[m] and since[h] >= 0 and day - since[h] >= p.wait:
                for d in range(DOMAIN_COUNT):
                    lost = given_up_amount(np.int64(aftermath[h, d]), span, p)
                    aftermath[h, d] -= lost
                    given_up[h, d] += lost
                    flows[chunk, GIVEN_UP, d] += lost
        at = end


def harm_power_to_act(world: World, context: StepContext, adults: OpenAdults) -> None:
    """A crisis need left unmet for some days costs power to act, once for each domain."""
    people, s = world.people, world.settings
    _harm_power_to_act(adults.rows, context.day + context.span, s.functioning.min_need_days, s.meeting.numbers,
                       people.view("crisis_backlog"), people.view("first_need"), people.crisis_marks,
                       people.agency)


@parallel_kernel
def _harm_power_to_act(rows, end, least, p, backlog, first_need, marks, agency, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i, harms = rows[m], 0
        for d in range(DOMAIN_COUNT):
            bit = 1 << (FIRST_HARM_BIT + d)
            if backlog[i, d] > 0 and end - first_need[i] >= least and not marks[i] & bit:
                marks[i] |= np.uint16(bit)
                harms += 1
        if harms > 0:
            agency[i] = agency_after_harm(np.float64(agency[i]), harms, p)


@rule
def agency_after_harm(agency, harms, p):
    """Power to act after so many needs were left unmet. p: the group `meeting`."""
    return apply_loss(agency, p.refusal * harms)


def return_home(world: World, context: StepContext) -> None:
    """Displaced households find a home; generalised trust falls for good in those that stay away too long."""
    homes, people, p = world.households, world.people, world.settings.displacement
    rows = np.flatnonzero(homes.displaced).astype(np.int32)
    if not len(rows):
        return
    _return_home(rows, context.key, context.crisis_day, context.day, context.span, not context.is_cut("ties"),
                 not context.is_cut("far_ties"), not context.is_cut("institutions"), p.numbers,
                 world.settings.aftermath.numbers, world.settings.collective_aid.numbers,
                 context.handles.institution("accessibility"), view_residents(world),
                 view_housing(world), tuple(homes.views(("income", "aftermath", "aftermath_made", "displaced_on"))),
                 world.ties.view("degree"), world.ties.view("trust"), homes.displaced,
                 people.trust_general, people.trust_general0)


@kernel
def _return_home(rows, key, crisis_day, day, span, ties_help, far_help, institution_helps, p, aftermath_p, aid_p,
                 linked, residents, housing, columns, degree, trust, displaced, general, general0):
    income, aftermath, made, since = columns
    for h in rows:
        s = find_acting_adult(h, residents, housing)
        if s < 0:
            displaced[h] = 0
            continue
        out = day - np.int64(since[h])
        trusted = count_trusted(s, p.strong_trust, residents, degree, trust, ties_help, far_help)
        applies = institution_helps and applies_in_crisis(s, key, crisis_day, linked[residents.commune[s]], aid_p,
                                                          residents)
        gate = paper_gate(np.int64(aftermath[h, KNOW_HOW]), np.int64(made[h, KNOW_HOW]), aftermath_p)
        rate = return_rate(out, np.float64(income[h]), trusted, 1.0 if applies else 0.0, gate, p)
        if draw_uniform(key, housing.uid[h], 0, day, RETURN_HOME) < -math.expm1(-rate * span):
            displaced[h] = 0
        elif out < p.trust_days <= out + span:
            for i in range(housing.first[h], housing.first[h] + housing.size[h]):
                if residents.age[i] >= ADULT_AGE:
                    general[i] = max(0.0, general[i] - p.trust_loss)
                    general0[i] = max(0.0, general0[i] - p.trust_loss)
