"""Functioning: falls with unmet needs in a crisis and recovers; excess deaths; unmet needs cost power to act.

Model 7.8 and 7.1. Reads the handles resident.load_days, resident.load_sensitivity.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compaction import block_rows, count_blocks
from ..kernel.compiled import chunk_range, parallel_kernel, rule
from ..kernel.keyed_random import draw_uniform
from ..kernel.random_streams import DEATH
from ..kernel.table import read_only_view
from ..rules.accepting import load_retention, update_load
from ..rules.belief import apply_loss
from ..rules.functioning import (
    crisis_strain,
    daily_loss,
    daily_need,
    death_probability,
    excess_hazard,
    need_coverage,
    update_functioning,
)
from ..rules.need_domains import DOMAIN_COUNT
from ..world.world import World
from .step.columns import view_residents
from .step.context import StepContext
from .step.hazard_arrays import get_hazard_arrays, is_exposed
from .step.row_lists import list_in_need

WRITES = ("people.functioning", "people.loss_micro", "people.excess_hazard", "people.alive", "people.load",
          "people.agency", "people.harmed")


def step(world: World, context: StepContext) -> None:
    """What is still unmet costs power to act and functioning, and may end in death; helping loads are updated."""
    rows = list_in_need(world, context)
    unmet = world.people.backlog[rows].sum(axis=0, dtype=np.int64)
    world.ledger.unmet += unmet
    context.run_stage(apply_unmet_need_harm, world, rows)
    world.ledger.count("deaths", context.run_stage(update_functioning_and_deaths, world))
    help_context = context.help_context
    if help_context is None:
        world.ledger.carried += unmet  # needs wait for the first day of the next week
    else:
        help_context.run_stage(update_helping_loads, world)


def update_functioning_and_deaths(world: World, context: StepContext) -> int:
    """Update functioning, losses, expected excess hazard and excess deaths. Returns the number of deaths."""
    people = world.people
    deaths = np.zeros(count_blocks(len(people)), np.int64)
    state = (people.functioning, people.loss_micro, people.excess_hazard, people.alive)
    _update_functioning_and_deaths(view_residents(world), get_hazard_arrays(context, len(people)), context.key,
                                   context.day, context.span, context.is_after_onset,
                                   world.settings.functioning.numbers,
                                   read_only_view(people.need), read_only_view(people.backlog), state, deaths)
    return int(deaths.sum())


@parallel_kernel
def _update_functioning_and_deaths(residents, hazards, key, day, span, is_after_onset, p, need, backlog, state,
                                   deaths, chunk, chunks):
    functioning, lost, hazard, alive = state
    for b in chunk_range(deaths.size, chunk, chunks):
        for i in block_rows(b, residents.uid.size):
            if (functioning[i] < 1.0 or is_exposed(i, hazards.exposure)) and alive[i] == 1:
                if _update_one_functioning(i, residents, hazards, key, day, span, is_after_onset, p, need, backlog,
                                           state):
                    deaths[b] += 1


@rule
def _update_one_functioning(i, residents, hazards, key, day, span, is_after_onset, p, need, backlog, state):
    """Update functioning, loss and excess hazard of resident i. True when the step ends in death."""
    functioning, lost, hazard, alive = state
    covered = need_coverage(need[i], backlog[i], p)
    damage, mortality = sum_crisis_effects(i, hazards, np.float64(residents.frailty[i]), daily_need(need[i], span), p)
    functioning[i], days_lost = advance_functioning(np.float64(functioning[i]), covered, damage, span, p)
    if is_after_onset:
        lost[i] += days_lost
    excess = excess_hazard(np.float64(residents.age[i]), mortality * (1.0 - covered), span, p)
    if excess > 0.0:
        hazard[i] = np.float64(hazard[i]) + excess
        if draw_uniform(key, residents.uid[i], 0, day, DEATH) < death_probability(excess):
            alive[i] = 0
            return True
    return False


@rule
def sum_crisis_effects(i, hazards, frailty, daily, p):
    """(damage per day, log hazard ratio of mortality) of all crises for resident i if no need is covered."""
    damage, mortality = 0.0, 0.0
    for k in range(hazards.exposure.shape[0]):
        strain = crisis_strain(hazards.damage_by_frailty[k], np.float64(hazards.exposure[k, i]), frailty, daily, p)
        damage += hazards.damage[k] * strain
        mortality += hazards.slope[k] * strain
    return damage, mortality


@rule
def advance_functioning(functioning, covered, damage, span, p):
    """(functioning after `span` days, millionths of person-days lost on the way). covered: share of needs met."""
    lost = 0
    for _ in range(span):
        functioning = update_functioning(functioning, covered, damage, p)
        lost += daily_loss(functioning)
    return functioning, lost


def apply_unmet_need_harm(world: World, context: StepContext, rows: np.ndarray) -> None:
    """A need left unmet for some days in a crisis costs power to act, once an episode. rows int32[m]: those in need."""
    people, settings = world.people, world.settings
    _apply_unmet_need_harm(rows, context.day, context.span, settings.functioning.min_need_days,
                           settings.meeting.numbers,
                           get_hazard_arrays(context, len(people)).exposure, read_only_view(people.alive),
                           read_only_view(people.backlog), read_only_view(people.episode), people.harmed, people.agency)


@parallel_kernel
def _apply_unmet_need_harm(rows, day, span, least, p, exposure, alive, backlog, episode, harmed, agency, chunk, chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i, harms = rows[m], 0
        if alive[i] == 1 and is_exposed(i, exposure):
            for d in range(DOMAIN_COUNT):
                is_lasting = backlog[i, d] > 0 and day + span - episode[i, d] >= least
                if is_lasting and (harmed[i] >> d) & 1 == 0:
                    harmed[i] |= np.uint8(1 << d)
                    harms += 1
        if harms > 0:
            agency[i] = apply_loss(np.float64(agency[i]), p.refusal * harms)


def update_helping_loads(world: World, context: StepContext) -> None:
    """Update everybody's helping load, a moving average of the hours given to others."""
    people = world.people
    memory, felt = context.handles.resident("load_days"), context.handles.resident("load_sensitivity")
    _update_helping_loads(read_only_view(people.lent), context.span, read_only_view(memory), read_only_view(felt),
                          people.load)


@parallel_kernel
def _update_helping_loads(lent, span, memory, felt, load, chunk, chunks):
    usual = load_retention(span, np.float64(memory[0]))
    rows = chunk_range(load.size, chunk, chunks)
    chunk_load, hours = load[rows.start:rows.stop], lent[rows.start:rows.stop]
    for m in range(chunk_load.size):  # for all residents, without a branch: a load of 0 without new hours stays 0
        i = rows.start + m
        keep = usual if memory.size == 1 else load_retention(span, np.float64(memory[i]))
        chunk_load[m] = update_load(np.float64(chunk_load[m]), hours[m] * np.float64(value_at(felt, i)), span, keep)
