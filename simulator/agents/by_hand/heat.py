"""Heat, resident by resident."""

from __future__ import annotations

from ...kernel.keyed_random import draw_uniform
from ...kernel.random_streams import AIR_CONDITIONING, DEATH
from ...phases.heat import tabulate_income_factors
from ...rules.heat import (
    contact_odds,
    contact_probability,
    contact_rate_of_tie,
    cool_place_probability,
    cooling_odds,
    death_probability,
    excess_at_home,
    excess_elsewhere,
    heat_vulnerability,
    update_strain,
    usual_deaths_a_day,
)
from ...rules.need_domains import COOLING
from ...world.population.traits import tabulate_mean_frailty
from .common.queries import can_help, get_handle_value, is_registered, measure_distance
from .common.tie_sides import read_ties


def sum_contact_rates(world, context, i: int) -> float:
    """Visits and calls a day to a resident, from outside the household."""
    people, handles, p = world.people, context.handles, world.settings.heat.numbers
    calls = get_handle_value(handles.resident("check_rate"), i) + p.far_kin * int(people.far_kin[i])
    if is_registered(world, context, i):
        calls += handles.institution("call_rate")[people.commune[i]]
    support = float(world.neighbourhoods.support[people.neighbourhood[i]])
    checks = get_handle_value(handles.resident("neighbour_check"), i) * support
    near = 0.0
    for tie in read_ties(world.ties, i):
        if people.alive[tie.alter]:
            is_next_door = people.building[i] == people.building[tie.alter]
            km = 0.0 if is_next_door else measure_distance(world, i, tie.alter)
            reach = 1.0 if is_next_door else handles.territory("visits")
            near += reach * contact_rate_of_tie(float(tie.alter_trust), km, p)
    return handles.territory("phone") * calls + checks + get_handle_value(handles.resident("contact"), i) * near


def compute_home_odds(world, context, i: int) -> float:
    """Odds ratio of death at home: who sees a resident, cool air, insulation."""
    people, homes, buildings = world.people, world.households, world.buildings
    handles, p, h, b = context.handles, world.settings.heat.numbers, people.household[i], people.building[i]
    others = [j for j in range(homes.first[h], homes.first[h] + homes.size[h]) if j != i]
    has_company = any(can_help(world, j) for j in others)
    contact = contact_probability(has_company, sum_contact_rates(world, context, i), float(people.age[i]), p)
    floors = 0.0 if buildings.lift[b] else float(homes.floor[h])
    visit = cool_place_probability(handles.territory("cool_places"), float(people.frailty[i]), floors, p)
    if people.cooled[i] == context.day:
        visit = 1.0
    has_air = draw_uniform(context.key, homes.uid[h], 0, 0, AIR_CONDITIONING) < handles.territory("air_conditioning")
    lent_kinds = world.sites.kit_kinds[people.loan[i]] if people.loan[i] >= 0 else 0
    has_fan = bool((int(homes.kit[h]) | int(lent_kinds)) >> COOLING & 1)
    odds = contact_odds(contact, p) * cooling_odds(visit, has_air, has_fan, p)
    return odds * p.insulation if buildings.poor_insulation[b] and not homes.insulated[h] else odds


def update_one_strain(world, context, i: int, doses) -> bool:
    """Update one resident's strain and expected deaths. True when the step ends in death."""
    people, handles, p = world.people, context.handles, world.settings.heat.numbers
    age, sex = float(people.age[i]), people.sex[i]
    by_income = float(tabulate_income_factors(world.settings)[world.households.quintile[people.household[i]]])
    usual_a_day = usual_deaths_a_day(age, sex, by_income, p)
    vulnerability = heat_vulnerability(age, sex, float(people.frailty[i]),
                                       float(tabulate_mean_frailty(world.settings)[people.age[i]]), p)
    odds = compute_home_odds(world, context, i)
    warmth = p.island if world.neighbourhoods.heat_island[people.neighbourhood[i]] else 1.0
    strain, usual, at_home, elsewhere = float(people.strain[i]), 0.0, 0.0, 0.0
    for dose in doses:
        strain = update_strain(strain, warmth * float(dose), p)
        if strain < p.over and dose == 0:
            strain = 0.0
            continue
        usual += usual_a_day
        at_home += handles.territory("heat_awareness") * excess_at_home(usual_a_day, strain, vulnerability, odds, p)
        elsewhere += handles.territory("heat_care") * excess_elsewhere(usual_a_day, strain, vulnerability, p)
    people.strain[i] = strain
    people.baseline_hazard[i] = float(people.baseline_hazard[i]) + usual
    people.excess_hazard[i] = float(people.excess_hazard[i]) + (at_home + elsewhere)
    people.home_hazard[i] = float(people.home_hazard[i]) + at_home
    excess = at_home + elsewhere
    return excess > 0 and draw_uniform(context.key, people.uid[i], 0, context.day, DEATH) < death_probability(excess)


def update_strain_and_deaths(model, world, context, doses) -> int:
    """Update everybody's strain. Returns the number of deaths, all of which come at the end of the step."""
    people = world.people
    hot = [i for i in range(len(people)) if people.alive[i] and (doses.any() or people.strain[i] > 0)]
    dead = [i for i in hot if update_one_strain(world, context, i, doses)]
    people.alive[dead], people.strain[dead] = 0, 0
    return len(dead)


REFERENCE_STAGES = (update_strain_and_deaths,)
