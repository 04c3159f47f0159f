"""Functioning: falls with unmet needs in a crisis and recovers; unmet needs cost power to act.

Model 7.8 and 7.1. Reads the handles resident.load_days, resident.load_sensitivity.
"""

from __future__ import annotations

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compiled import chunk_range, parallel_kernel, rule
from ..kernel.table import read_only_view
from ..rules.accepting import load_retention, update_load
from ..rules.belief import apply_loss
from ..rules.functioning import (
    crisis_strain,
    daily_loss,
    daily_need,
    need_coverage,
    update_functioning,
)
from ..rules.need_domains import DOMAIN_COUNT
from ..world.world import World
from .step.columns import view_residents
from .step.context import StepContext
from .step.hazard_arrays import get_hazard_arrays, is_exposed
from .step.row_lists import list_in_need

WRITES = ("people.functioning", "people.loss_micro", "people.load", "people.agency", "people.harmed")


def step(world: World, context: StepContext) -> None:
    """What is still unmet costs power to act and functioning; helping loads are updated."""
    rows = list_in_need(world, context)
    unmet = world.people.backlog[rows].sum(axis=0, dtype=np.int64)
    world.ledger.unmet += unmet
    context.run_stage(apply_unmet_need_harm, world, rows)
    context.run_stage(update_everybodys_functioning, world)
    help_context = context.help_context
    if help_context is None:
        world.ledger.carried += unmet  # needs wait for the first day of the next week
    else:
        help_context.run_stage(update_helping_loads, world)


def update_everybodys_functioning(world: World, context: StepContext) -> None:
    """Update functioning and what is lost of it."""
    people = world.people
    _update_everybodys_functioning(view_residents(world), get_hazard_arrays(context, len(people)), context.span,
                                   context.is_after_onset, world.settings.functioning.numbers,
                                   read_only_view(people.need), read_only_view(people.backlog),
                                   (people.functioning, people.loss_micro))


@parallel_kernel
def _update_everybodys_functioning(residents, hazards, span, is_after_onset, p, need, backlog, state, chunk, chunks):
    functioning, lost = state
    for i in chunk_range(functioning.size, chunk, chunks):
        if (functioning[i] < 1.0 or is_exposed(i, hazards.exposure)) and residents.alive[i] == 1:
            covered = need_coverage(need[i], backlog[i], p)
            damage = sum_crisis_damage(i, hazards, np.float64(residents.frailty[i]), daily_need(need[i], span), p)
            functioning[i], days_lost = advance_functioning(np.float64(functioning[i]), covered, damage, span, p)
            if is_after_onset:
                lost[i] += days_lost


@rule
def sum_crisis_damage(i, hazards, frailty, daily, p):
    """Damage per day of all crises to resident i if no need is covered."""
    damage = 0.0
    for k in range(hazards.exposure.shape[0]):
        strain = crisis_strain(hazards.damage_by_frailty[k], np.float64(hazards.exposure[k, i]), frailty, daily, p)
        damage += hazards.damage[k] * strain
    return damage


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
