"""Visit, resident by resident (model 7.2). Residents may share their social time by a method chooses_company."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...i18n.translation import shorten_fact
from ...kernel.keyed_random import draw_words, poisson_quantile, to_uniform
from ...kernel.random_streams import VISIT
from ...phases.step.context import StepContext
from ...phases.visit import build_tie_week_tables, build_visit_limits, compute_weekly_session_hours
from ...rules.contact import (
    WEEK,
    contact_rate,
    contact_weight,
    expected_visits,
    free_hours,
    is_tie_over,
    off_map_weights,
    trust_after_visits,
)
from ...rules.tie_formation import ADULT_AGE, neighbourhood_support
from .common.queries import get_handle_value
from .common.tie_sides import read_all_ties, write_ties


def weigh_ties(resident: Any) -> list[float]:
    """Weight of each tie in sharing social time: by the resident's chooses_company if there is one, else by trust.

    ValueError unless these are a finite number, 0 or more, for each tie.
    """
    world, row = resident.model.world, resident.row
    choose = getattr(resident, "chooses_company", None)
    if choose is not None:
        chosen = np.asarray(choose(), np.float64)
        if chosen.shape != (world.ties.degree[row],) or not np.isfinite(chosen).all() or (chosen < 0).any():
            raise ValueError(f"chooses_company() of {resident} gave {shorten_fact(str(chosen))}: expected a weight, "
                             f"0 or more, for each of its {world.ties.degree[row]} ties")
        return chosen.tolist()
    p = world.settings.contact.numbers
    return [contact_weight(float(world.ties.trust[row, slot]), p) for slot in range(int(world.ties.degree[row]))]


def compute_visit_rates(model: Any, world: Any, context: StepContext) -> np.ndarray:
    """float32[n]: hours a week per unit of trust in a tie."""
    p, people = world.settings.contact.numbers, world.people
    far, busy = off_map_weights(world.settings.start, p), compute_weekly_session_hours(world, context)
    rate = np.zeros(people.rows, np.float32)
    for i in range(people.rows):
        if people.alive[i] and people.social_hours[i] > 0:
            total = int(people.far_kin[i]) * far[0] + int(people.far_other[i]) * far[1]
            for weight in weigh_ties(model.residents[i]):
                total += weight
            access = get_handle_value(context.handles.resident("site_access"), i)
            taken = float(busy[people.member[i]]) * access if people.member[i] >= 0 else 0.0
            rate[i] = contact_rate(free_hours(float(people.social_hours[i]), taken, p), total)
    return rate


def get_visit_factor(visit_limits: Any, i: int, j: int) -> float:
    """Factor on the visits between residents i and j."""
    last = visit_limits.contact.size - 1
    factor = min(float(visit_limits.contact[min(i, last)]), float(visit_limits.contact[min(j, last)]))
    same_building = visit_limits.building[i] == visit_limits.building[j]
    return factor if visit_limits.outside_factor == 1 or same_building else factor * visit_limits.outside_factor


def update_ties_over_week(model: Any, world: Any, context: StepContext, rate: np.ndarray) -> int:
    """A week of every tie, from both sides. Returns the number of ties that ended."""
    rows = read_all_ties(world.ties)
    weights = [dict(zip([tie.alter for tie in row], weigh_ties(model.residents[i]))) for i, row in enumerate(rows)]
    tables, visit_limits = build_tie_week_tables(world.settings.contact.numbers), build_visit_limits(world, context)
    p, uid = world.settings.contact.numbers, world.people.uid
    sides = 0
    for i, row in enumerate(rows):
        remaining = []
        for tie in row:
            mine, theirs = float(rate[i]) * weights[i][tie.alter], float(rate[tie.alter]) * weights[tie.alter][i]
            low, high = sorted((uid[i], uid[tie.alter]))
            expected = expected_visits(mine, theirs, get_visit_factor(visit_limits, i, tie.alter), WEEK, p)
            words = draw_words(context.key, low, high, context.day, VISIT)
            after = advance_tie_one_week(p, tie, expected, words, tables)
            remaining += [after] if after else []
        sides += len(row) - len(remaining)
        write_ties(world.ties, i, remaining)
    return sides // 2


def advance_tie_one_week(p: Any, tie: Any, expected: float, words: Any, tables: Any) -> Any:
    """The tie after a week with so many visits expected, None when it ends. words: for its visits and for its end."""
    keep, decay = tables.keep[poisson_quantile(to_uniform(words[0]), expected)], tables.decay[tie.kind]
    trust = trust_after_visits(float(tie.trust), decay, keep)
    alter_trust = trust_after_visits(float(tie.alter_trust), decay, keep)
    if is_tie_over(trust, alter_trust, to_uniform(words[1]), tables.ending_probability[tie.kind], p):
        return None
    return tie._replace(trust=trust, alter_trust=alter_trust)


def measure_neighbourhood_support(model: Any, world: Any, context: StepContext) -> np.ndarray:
    """float32[z]: support in each neighbourhood, from its share of living adults with a strong tie."""
    people, p = world.people, world.settings.tie_formation.numbers
    adults, supported = [0] * world.neighbourhoods.rows, [0] * world.neighbourhoods.rows
    for i, row in enumerate(read_all_ties(world.ties)):
        if people.alive[i] and people.age[i] >= ADULT_AGE:
            z = int(people.neighbourhood[i])
            adults[z] += 1
            supported[z] += any(tie.trust >= p.strong_trust for tie in row)
    return np.array([neighbourhood_support(s, a, p) for s, a in zip(supported, adults)], np.float32)


REFERENCE_STAGES = (compute_visit_rates, update_ties_over_week, measure_neighbourhood_support)
