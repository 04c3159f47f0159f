"""Visits played resident by resident: plain loops over the same rules as the kernels, bit for bit (model 7.2)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...kernel.random import poisson, unit, words
from ...kernel.stream import VISIT
from ...phases.step.context import Moment
from ...phases.visit import reach, rhythm, session_hours
from ...rules.binding import ADULT, climate_of
from ...rules.contact import WEEK, after_visits, company, far_weights, free_hours, is_over, rate_of, visits_expected
from .plain import value
from .tie import by_row, write_row


def weights(resident: Any) -> list[float]:
    """Weight of each tie in sharing social time: the resident's own choice of company where it makes one."""
    world, row = resident.model.world, resident.row
    choose = getattr(resident, "chooses_company", None)
    if choose is not None:
        chosen = np.asarray(choose(), np.float64)
        if chosen.shape != (world.ties.degree[row],) or not np.isfinite(chosen).all() or (chosen < 0).any():
            raise ValueError(f"chooses_company() of {resident} gave {chosen}: expected a weight, 0 or more, for each "
                             f"of its {world.ties.degree[row]} ties")
        return chosen.tolist()
    p = world.settings.contact.numbers
    return [company(float(world.ties.trust[row, slot]), p) for slot in range(int(world.ties.degree[row]))]


def share(model: Any, world: Any, now: Moment) -> np.ndarray:
    """float32[n]: h/week per unit of trust, resident by resident."""
    p, people = world.settings.contact.numbers, world.people
    far, busy = far_weights(world.settings.start, p), session_hours(world, now)
    rate = np.zeros(people.rows, np.float32)
    for i in range(people.rows):
        if people.alive[i] and people.social_hours[i] > 0:
            total = int(people.far_kin[i]) * far[0] + int(people.far_other[i]) * far[1]
            for weight in weights(model.residents[i]):
                total += weight
            near = value(now.handles.resident("at_site"), i)
            taken = float(busy[people.member[i]]) * near if people.member[i] >= 0 else 0.0
            rate[i] = rate_of(free_hours(float(people.social_hours[i]), taken, p), total)
    return rate


def factor_between(hold: Any, i: int, j: int) -> float:
    """Factor on the visits of two residents."""
    last = hold.contact.size - 1
    held = min(float(hold.contact[min(i, last)]), float(hold.contact[min(j, last)]))
    same = hold.building[i] == hold.building[j]
    return held if hold.factor == 1 or same else held * hold.factor


def contact(model: Any, world: Any, now: Moment, rate: np.ndarray) -> int:
    """A week of every tie, from both sides. Returns the number of ties that ended."""
    rows = by_row(world.ties)
    wanted = [dict(zip([tie.other for tie in row], weights(model.residents[i]))) for i, row in enumerate(rows)]
    tables, hold = rhythm(world), reach(world, now)
    p, uid = world.settings.contact.numbers, world.people.uid
    sides = 0
    for i, row in enumerate(rows):
        kept = []
        for tie in row:
            mine, theirs = float(rate[i]) * wanted[i][tie.other], float(rate[tie.other]) * wanted[tie.other][i]
            low, high = sorted((uid[i], uid[tie.other]))
            expected = visits_expected(mine, theirs, factor_between(hold, i, tie.other), WEEK, p)
            moved = week_of(p, tie, expected, words(now.key, low, high, now.day, VISIT), tables)
            kept += [moved] if moved else []
        sides += len(row) - len(kept)
        write_row(world.ties, i, kept)
    return sides // 2


def week_of(p: Any, tie: Any, expected: float, luck: Any, tables: Any) -> Any:
    """The tie after a week of so many visits expected, None when it ended."""
    keep, worn = tables.keep[poisson(unit(luck[0]), expected)], tables.worn[tie.kind]
    trust, mirror = after_visits(float(tie.trust), worn, keep), after_visits(float(tie.mirror), worn, keep)
    if is_over(trust, mirror, unit(luck[1]), tables.ending[tie.kind], p):
        return None
    return tie._replace(trust=trust, mirror=mirror)


def climate(model: Any, world: Any, now: Moment) -> np.ndarray:
    """float32[z]: share of living adults with a strong tie, floored."""
    people, p = world.people, world.settings.binding.numbers
    adults, sure = [0] * world.neighbourhoods.rows, [0] * world.neighbourhoods.rows
    for i, row in enumerate(by_row(world.ties)):
        if people.alive[i] and people.age[i] >= ADULT:
            z = int(people.neighbourhood[i])
            adults[z] += 1
            sure[z] += any(tie.trust >= p.strong for tie in row)
    return np.array([climate_of(s, a, p) for s, a in zip(sure, adults)], np.float32)


HAND = {"visit.share": share, "visit.contact": contact, "visit.climate": climate}
