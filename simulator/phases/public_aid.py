"""Public aid: in a crisis residents apply to their commune's institution, which gives what it can after its delay.

Whether one applies is a trait of a person for a whole crisis. Crisis needs come before everyday ones. Reads the handles
institution.accessibility, institution.register, institution.delay_reduction and those of the institution's means.
"""

from __future__ import annotations

import numpy as np

from ..kernel.compiled import chunk_range, kernel, parallel_kernel
from ..rules.asking import is_registered
from ..rules.need_domains import BY_INSTITUTION
from ..world.population.people import HELPED_BY_INSTITUTION
from ..world.world import World
from .aftermath.pools import get_weekly_limits, share_out_pool
from .aftermath.rehousing import applies_in_crisis
from .aftermath.serving import OpenAdults, list_open_adults
from .help.institution_feedback import institution_trust_after
from .help.institution_means import INSTITUTION_USED_CACHE_KEY, compute_institution_means
from .step.columns import view_residents
from .step.context import StepContext

WRITES = ("people.crisis_backlog", "people.crisis_marks", "people.received_milli", "people.first_contact",
          "people.trust_institutions", "people.disappointed", "households.aftermath")
PATIENCE_DAYS = 28
"""Days after the institution could give, from which an application in vain disappoints."""


def step(world: World, context: StepContext) -> None:
    """Who applies, or is on the register, is served within the means of the commune; trust follows."""
    adults = list_open_adults(world, context)
    if not len(adults.rows) or context.is_cut("institutions"):
        return
    people = world.people
    waited = context.run_stage(list_applicants, world, adults)
    means = compute_institution_means(world, context)
    had_aid = (people.crisis_marks[adults.rows] & HELPED_BY_INSTITUTION) > 0
    used = context.run_stage(share_out_pool, world, adults, waited >= 0,
                             people.commune[adults.rows].astype(np.int64), means,
                             get_weekly_limits(world, context.span), BY_INSTITUTION, HELPED_BY_INSTITUTION)
    context.cache[INSTITUTION_USED_CACHE_KEY] = used
    has_aid = (people.crisis_marks[adults.rows] & HELPED_BY_INSTITUTION) > 0
    in_vain = (waited >= PATIENCE_DAYS) & ~has_aid
    learn_from_aid(world, context, adults.rows[has_aid & ~had_aid], adults.rows[in_vain])


def list_applicants(world: World, context: StepContext, adults: OpenAdults) -> np.ndarray:
    """int64[m]: days for which the institution could have served each adult; -1 for who does not apply or must wait."""
    people, handles, out = world.people, context.handles, np.full(len(adults.rows), -1, np.int64)
    _list_applicants(adults.rows, context.key, context.crisis_day, context.day, context.crisis_delay,
                     handles.institution("delay_reduction"),
                     handles.institution("accessibility"),
                     handles.institution("register"), world.settings.collective_aid.numbers,
                     view_residents(world), people.view("first_need"), out)
    return out


@parallel_kernel
def _list_applicants(rows, key, crisis_day, day, delay, cut, linked, register, p, residents, first_need, out, chunk,
                     chunks):
    for m in chunk_range(rows.size, chunk, chunks):
        i = np.int64(rows[m])
        c = residents.commune[i]
        opens = crisis_day + max(0.0, delay - cut[c])
        if day >= opens and (applies_in_crisis(i, key, crisis_day, linked[c], p, residents)
                             or is_registered(residents.age[i], residents.consent[i],
                                              np.float64(residents.register_rank[i]), register[c])):
            out[m] = day - max(np.int64(opens), np.int64(first_need[i]))


def learn_from_aid(world: World, context: StepContext, aided: np.ndarray, in_vain: np.ndarray) -> None:
    """Trust in institutions grows with the first aid of a crisis; an application in vain costs some, at times."""
    people, p = world.people, world.settings.meeting.numbers
    felt = in_vain[context.day - people.disappointed[in_vain] >= world.settings.aiding.disappointment_days]
    _learn_from_aid(aided, 1, 0, p, people.trust_institutions)
    _learn_from_aid(felt, 0, 1, p, people.trust_institutions)
    people.disappointed[felt] = context.day
    world.ledger.count("crisis_aided", len(aided))
    world.ledger.count("crisis_disappointed", len(felt))


@kernel
def _learn_from_aid(rows, aided, disappointed, p, trust):
    for i in rows:
        trust[i] = institution_trust_after(np.float64(trust[i]), aided, disappointed, p)
