"""Heat: strain builds up and fades with a lag; some die of it, at home or elsewhere (model 7.8).

Reads the handles territory.heat_awareness, territory.heat_care, territory.air_conditioning, territory.cool_places,
territory.visits, territory.phone, resident.contact, resident.check_rate, resident.neighbour_check,
institution.register, institution.call_rate.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..kernel.broadcast import value_at
from ..kernel.compaction import block_rows, count_blocks
from ..kernel.compiled import chunk_range, parallel_kernel, rule
from ..kernel.keyed_random import RandomKey, draw_uniform
from ..kernel.random_streams import AIR_CONDITIONING, DEATH
from ..kernel.table import read_only_view
from ..parameters import Model
from ..rules.asking import is_registered
from ..rules.coping import is_able_to_help
from ..rules.heat import (
    contact_odds,
    contact_probability,
    contact_rate_of_tie,
    cool_place_probability,
    cooling_odds,
    death_probability,
    excess_at_home,
    excess_elsewhere,
    heat_dose,
    heat_vulnerability,
    income_factor,
    update_strain,
    usual_deaths_a_day,
)
from ..rules.need_domains import COOLING
from ..rules.needing import QUINTILES
from ..world.population.traits import tabulate_mean_frailty
from ..world.world import World
from .help.helper_choice import distance_between_buildings
from .step.columns import HousingColumns, ResidentColumns, TieViews, view_housing, view_residents, view_ties
from .step.context import StepContext

WRITES = ("people.strain", "people.baseline_hazard", "people.excess_hazard", "people.home_hazard", "people.alive",
          "people.crisis_backlog")


def step(world: World, context: StepContext) -> None:
    """On hot days, and as long as somebody still bears their strain: strain, expected deaths and deaths."""
    doses = list_daily_doses(context)
    if doses.any() or world.people.strain.any():
        deaths = context.run_stage(update_strain_and_deaths, world, doses)
        world.ledger.count("deaths", deaths)
        if deaths:
            end_needs_of_dead(world)


def end_needs_of_dead(world: World) -> None:
    """What those who died still needed because of a crisis passes with them."""
    backlog, dead = world.people.crisis_backlog, world.people.alive == 0
    world.ledger.crisis_faded += backlog[dead].sum(axis=0, dtype=np.int64)
    backlog[dead] = 0


def list_daily_doses(context: StepContext) -> np.ndarray:
    """float64[span]: dose of heat on each day of the step, summed over the crises that are on, times severity."""
    doses = np.zeros(context.span)
    for hazard in sorted(context.hazards, key=lambda hazard: (hazard.card.id, hazard.days_since)):
        card = hazard.card
        for d in range(min(context.span, card.days - hazard.days_since)):
            doses[d] += card.severity * heat_dose(card.heat.dose, card.heat.rise, float(card.heat.rise_days),
                                                  float(hazard.days_since + d))
    return doses


def update_strain_and_deaths(world: World, context: StepContext, doses: np.ndarray) -> int:
    """Update strain and expected deaths, and draw deaths. doses: float64[span]. Returns the number of deaths."""
    people = world.people
    deaths = np.zeros(count_blocks(len(people)), np.int64)
    state = (people.strain, people.baseline_hazard, people.excess_hazard, people.home_hazard, people.alive)
    _update_strain_and_deaths(doses, bool(doses.any()), gather_heat_inputs(world, context), world.settings.heat.numbers,
                              state, deaths)
    return int(deaths.sum())


@parallel_kernel
def _update_strain_and_deaths(doses, is_hot, inputs, p, state, deaths, chunk, chunks):
    strain, usual_sum, excess_sum, home_sum, alive = state
    for b in chunk_range(deaths.size, chunk, chunks):
        for i in block_rows(b, alive.size):
            if alive[i] == 1 and (is_hot or strain[i] > 0.0):
                strain[i], usual, at_home, elsewhere = sum_heat_deaths(i, np.float64(strain[i]), doses, inputs, p)
                usual_sum[i] = np.float64(usual_sum[i]) + usual
                excess_sum[i] = np.float64(excess_sum[i]) + (at_home + elsewhere)
                home_sum[i] = np.float64(home_sum[i]) + at_home
                if dies_of_heat(i, at_home + elsewhere, inputs):
                    alive[i], strain[i] = 0, 0.0
                    deaths[b] += 1


@rule
def sum_heat_deaths(i, strain, doses, inputs, p):
    """(strain after the step, expected deaths of resident i in it: usual, in excess at home, in excess elsewhere)."""
    residents, age = inputs.residents, np.float64(inputs.residents.age[i])
    by_income = inputs.income_factors[inputs.dwellings.quintile[residents.household[i]]]
    usual_a_day = usual_deaths_a_day(age, inputs.sex[i], by_income, p)
    vulnerability = heat_vulnerability(age, inputs.sex[i], np.float64(residents.frailty[i]),
                                       inputs.mean_frailty[inputs.residents.age[i]], p)
    odds = compute_home_odds(i, age, inputs, p)
    warmth = p.island if inputs.heat_island[residents.neighbourhood[i]] == 1 else 1.0
    usual = at_home = elsewhere = 0.0
    for d in range(doses.size):
        strain = update_strain(strain, warmth * doses[d], p)
        if strain < p.over and doses[d] == 0.0:
            strain = 0.0
        else:
            usual += usual_a_day
            at_home += inputs.awareness * excess_at_home(usual_a_day, strain, vulnerability, odds, p)
            elsewhere += inputs.care * excess_elsewhere(usual_a_day, strain, vulnerability, p)
    return strain, usual, at_home, elsewhere


@rule
def dies_of_heat(i, excess, inputs):
    """True when resident i dies in a step with this expected excess."""
    if excess <= 0.0:
        return False
    return draw_uniform(inputs.key, inputs.residents.uid[i], 0, inputs.day, DEATH) < death_probability(excess)


@rule
def compute_home_odds(i, age, inputs, p):
    """Odds ratio of death at home of resident i: who sees them, cool air, insulation."""
    residents, dwellings = inputs.residents, inputs.dwellings
    h, b = residents.household[i], residents.building[i]
    contact = contact_probability(has_company(i, inputs), sum_contact_rates(i, inputs, p), age, p)
    floors = 0.0 if dwellings.lift[b] == 1 else np.float64(dwellings.floor[h])
    visit = cool_place_probability(inputs.cool_places, np.float64(residents.frailty[i]), floors, p)
    if inputs.cooled[i] == inputs.day:
        visit = 1.0
    has_air = draw_uniform(inputs.key, inputs.housing.uid[h], 0, 0, AIR_CONDITIONING) < inputs.air_conditioning
    has_fan = inputs.housing.kit[h] >> COOLING & 1 == 1 or lends_cooling(inputs.loan[i], inputs.kit_kinds)
    odds = contact_odds(contact, p) * cooling_odds(visit, has_air, has_fan, p)
    return odds * p.insulation if dwellings.poor_insulation[b] == 1 and dwellings.insulated[h] == 0 else odds


@rule
def lends_cooling(site, kit_kinds):
    """True when a kit on loan from a site, -1 for none, is of a kind that cools. kit_kinds: u1[sites]."""
    return site >= 0 and kit_kinds[site] >> COOLING & 1 == 1


@rule
def has_company(i, inputs):
    """True when another adult able to help lives in the household of resident i."""
    residents, housing, h = inputs.residents, inputs.housing, inputs.residents.household[i]
    for j in range(housing.first[h], housing.first[h] + housing.size[h]):
        if j != i and is_able_to_help(inputs.was_alive[j], residents.age[j], np.float64(residents.frailty[j]),
                                      inputs.coping):
            return True
    return False


@rule
def sum_contact_rates(i, inputs, p):
    """Visits and calls a day to resident i, from outside the household."""
    residents, ties, c = inputs.residents, inputs.ties, inputs.residents.commune[i]
    calls = np.float64(value_at(inputs.check_rate, i)) + p.far_kin * residents.far_kin[i]
    if is_registered(residents.age[i], residents.consent[i], np.float64(residents.register_rank[i]),
                     inputs.register[c]):
        calls += inputs.call_rate[c]
    checks = np.float64(value_at(inputs.neighbour_check, i)) * np.float64(inputs.support[residents.neighbourhood[i]])
    near = 0.0
    for k in range(ties.degree[i]):
        j = ties.alter[i, k]
        if inputs.was_alive[j] == 1:
            same = residents.building[i] == residents.building[j]
            km = 0.0 if same else distance_between_buildings(residents.building[i], residents.building[j],
                                                             inputs.housing)
            near += (1.0 if same else inputs.visits) * contact_rate_of_tie(np.float64(ties.alter_trust[i, k]), km, p)
    return inputs.phone * calls + checks + np.float64(value_at(inputs.contact, i)) * near


def tabulate_income_factors(settings: Model) -> np.ndarray:
    """float64[5]: usual deaths at equal age and sex in each fifth of income, the poorest first, over their mean."""
    return np.array([income_factor(fifth, settings.heat.numbers) for fifth in range(QUINTILES)])


class DwellingColumns(NamedTuple):
    """Read-only views of columns of Households and Buildings: how hot a home gets, and how rich it is."""

    floor: np.ndarray
    insulated: np.ndarray
    quintile: np.ndarray
    lift: np.ndarray
    poor_insulation: np.ndarray


class HeatInputs(NamedTuple):
    """All that the loop over residents reads. mean_frailty: float64[ages]; was_alive: u1[n], when the phase began."""

    key: RandomKey
    day: int
    residents: ResidentColumns
    housing: HousingColumns
    dwellings: DwellingColumns
    ties: TieViews
    sex: np.ndarray
    loan: np.ndarray
    kit_kinds: np.ndarray
    cooled: np.ndarray
    was_alive: np.ndarray
    support: np.ndarray
    heat_island: np.ndarray
    mean_frailty: np.ndarray
    income_factors: np.ndarray
    coping: NamedTuple
    awareness: float
    care: float
    air_conditioning: float
    cool_places: float
    visits: float
    phone: float
    contact: np.ndarray
    check_rate: np.ndarray
    neighbour_check: np.ndarray
    register: np.ndarray
    call_rate: np.ndarray


def gather_heat_inputs(world: World, context: StepContext) -> HeatInputs:
    """Columns, handles and numbers as they stand when the phase begins."""
    people, handles, settings = world.people, context.handles, world.settings
    homes, buildings, places = world.households, world.buildings, world.neighbourhoods
    dwellings = (*homes.views(("floor", "insulated", "quintile")), *buildings.views(("lift", "poor_insulation")))
    sex, loan, cooled = people.views(("sex", "loan", "cooled"))
    support, heat_island = places.views(("support", "heat_island"))
    return HeatInputs(
        key=context.key, day=context.day, residents=view_residents(world), housing=view_housing(world),
        dwellings=DwellingColumns(*dwellings), ties=view_ties(world), sex=sex, loan=loan,
        kit_kinds=world.sites.view("kit_kinds"), cooled=cooled, was_alive=read_only_view(people.alive.copy()),
        support=support, heat_island=heat_island, mean_frailty=tabulate_mean_frailty(settings),
        income_factors=tabulate_income_factors(settings), coping=settings.coping.numbers,
        awareness=handles.territory("heat_awareness"), care=handles.territory("heat_care"),
        air_conditioning=handles.territory("air_conditioning"), cool_places=handles.territory("cool_places"),
        visits=handles.territory("visits"), phone=handles.territory("phone"), contact=handles.resident("contact"),
        check_rate=handles.resident("check_rate"), neighbour_check=handles.resident("neighbour_check"),
        register=handles.institution("register"), call_rate=handles.institution("call_rate"))
