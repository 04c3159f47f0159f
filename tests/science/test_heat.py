"""Heat deaths: closed forms, usual deaths against published rates, and published patterns of August 2003 and 2022.

Patterns are those of the neighbourhoods around the three sites, frozen as they stand at the start: only heat acts.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.crises.card import Heat
from simulator.rules import heat
from simulator.rules.need_domains import COOLING
from simulator.world.ties.isolation import flag_isolated_residents
from simulator.world.world import World
from tests.crises.example import shipped
from tests.science.heat_wave import P, Wave, three_sites, wave

RATES = {(60, 64): (11.1, 4.8), (65, 69): (14.9, 6.7), (70, 79): (26.7, 13.9), (80, 89): (78.0, 51.1),
         (90, 99): (217.0, 179.0)}
"""First and last age of a band to deaths per 1,000 men and women a year. Source: Ined, France 2015."""


# closed forms

@pytest.mark.parametrize("days", [1, 3, 9])
def test_strain_after_days_of_one_dose_and_its_decay(days: int) -> None:
    strain = 0.0
    for _ in range(days):
        strain = heat.update_strain(strain, 1.4, P)
    assert strain == pytest.approx(1.4 * (1 - P.lag**days), abs=1e-12)
    for _ in range(days):
        strain = heat.update_strain(strain, 0.0, P)
    assert strain == pytest.approx(1.4 * (1 - P.lag**days) * P.lag**days, abs=1e-12)


def test_dose_rises_to_its_plateau() -> None:
    assert [heat.heat_dose(1.0, 1.0, 8.0, float(day)) for day in (0, 4, 8, 20)] == [1.0, 1.5, 2.0, 2.0]
    assert heat.heat_dose(1.0, 0.5, 0.0, 0.0) == 1.5


def test_no_heat_is_no_excess() -> None:
    assert heat.excess_at_home(0.01, 0.0, 3.0, 1.0, P) == heat.excess_elsewhere(0.01, 0.0, 3.0, P) == 0.0
    assert heat.death_probability(0.0) == 0.0
    none = Wave(replace(shipped("heatwave"), heat=Heat()), days=3)
    assert not none.excess.any() and not none.usual.any() and not none.world.people.strain.any()


def test_the_rules_of_protection_never_reach_zero_and_count_the_best_in_full() -> None:
    seen = heat.contact_probability(True, 5.0, 95.0, P)
    assert 0.99 < seen < 1.0 and heat.contact_odds(seen, P) > math.exp(-P.contact)
    assert heat.contact_probability(False, 0.0, 70.0, P) == pytest.approx(P.anyone)
    assert heat.cooling_odds(0.0, False, False, P) == 1.0
    assert heat.cooling_odds(1.0, False, False, P) == pytest.approx(P.cool)
    both = heat.cooling_odds(1.0, False, True, P)
    assert both == pytest.approx(P.cool * P.fan**P.further) and P.cool * P.fan < both < P.cool
    walk_up = [heat.cool_place_probability(0.12, 0.2, float(floors), P) for floors in range(4)]
    odds = [share / (1 - share) for share in walk_up]
    assert np.allclose(np.divide(odds[1:], odds[:-1]), P.floor)
    assert heat.cool_place_probability(0.5, P.housebound, 0.0, P) == 0.0


# usual deaths

@pytest.mark.parametrize("sex", [0, 1])
def test_usual_deaths_follow_published_rates(sex: int) -> None:
    """The mean of each band from 60 on within a third, all of them together within a tenth."""
    people, found, expected = three_sites().people, 0.0, 0.0
    for (first, last), rates in RATES.items():
        ages = people.age[(people.age >= first) & (people.age <= last) & (people.sex == sex)]
        mean = np.mean([heat.usual_hazard(float(age), sex, P) for age in ages]) * 1000
        assert mean == pytest.approx(rates[sex], rel=0.35), (first, last)
        found, expected = found + mean * len(ages), expected + rates[sex] * len(ages)
    assert found == pytest.approx(expected, rel=0.10)


def test_about_one_in_ten_dies_at_ninety() -> None:
    """Ined, risks of death by age, 2012-2016."""
    assert 0.09 < np.mean([heat.usual_hazard(90.0, sex, P) for sex in (0, 1)]) < 0.13


# patterns of great heat

def test_p13a_august_2003_without_a_plan() -> None:
    """+55 % in France, +134 % with the heat of Île-de-France, 36 % of it at home."""
    france = wave("heatwave_2003")
    assert 45 < france.percent_of_august() < 65
    assert france.home.sum() / france.excess.sum() == pytest.approx(0.36, abs=0.03)
    assert 110 < wave("heatwave_2003", severity=2.4).percent_of_august() < 160


def test_p13b_today_with_plan_alerts_and_register() -> None:
    """+16.7 % in 2022."""
    today = wave("heatwave")
    assert 10 < 100 * today.over_usual(today.usual > 0) < 25


def test_p18_deaths_lag_behind_the_heat() -> None:
    """3, 26, 72 and 100 % by days 1, 5, 9 and 17; most on day 9; back to normal after some 15 days."""
    share = 100 * wave("heatwave_2003").by_day / wave("heatwave_2003").by_day[-1]
    for day, published, within in ((1, 3, 3), (5, 26, 6), (9, 72, 7), (17, 100, 3)):
        assert share[day - 1] == pytest.approx(published, abs=within)
    assert 8 <= np.diff(share, prepend=0).argmax() + 1 <= 10


def test_p19_excess_grows_with_age() -> None:
    """+20, 40, 70 and 120 % at 45-54, 55-74, 75-94 and 95+: ratios 2, 3.5 and 6."""
    france = wave("heatwave_2003")
    bands = [france.over_usual((france.age >= first) & (france.age <= last))
             for first, last in ((45, 54), (55, 74), (75, 94), (95, 120))]
    assert bands == sorted(bands)
    for found, (low, high) in zip(np.divide(bands[1:], bands[0]), ((1.5, 2.5), (2.8, 4.5), (4.0, 8.0)), strict=True):
        assert low < found < high


def test_women_die_more() -> None:
    """+70 % of women, +40 % of men; 15 % more at equal age, more where they live alone."""
    france, sex = wave("heatwave_2003"), wave("heatwave_2003").world.people.sex
    women, men = france.over_usual(sex == 1), france.over_usual(sex == 0)
    assert women == pytest.approx(0.70, abs=0.12) and men == pytest.approx(0.40, abs=0.08)


def test_p20_living_alone_and_isolation_kill_at_equal_age() -> None:
    """Alone 2.3 (Semenza), 1.6 to 2.2 at 75+ (Fouillet); isolated 1.68 (Canouï-Poitrine); with ties 0.40 (Bouchama)."""
    france = wave("heatwave_2003")
    people, world = france.world.people, three_sites()
    alone = world.households.size[people.household] == 1
    isolated = alone & (flag_isolated_residents(world) > 0)
    old = france.age >= 65
    assert 1.5 < france.ratio_at_home(alone, old) < 3.0
    assert 1.5 < france.ratio_at_home(alone, france.age >= 75) < 2.4
    assert 1.2 < france.ratio_at_home(isolated, old) < 2.6
    assert 0.2 < france.ratio_at_home(world.ties.degree > 0, old) < 0.8


def test_the_frail_die_more_at_equal_age() -> None:
    """4.1 for those who cannot care for themselves, 5.5 for those confined to bed (Semenza), each within a quarter.

    Of those of 65 and over, 7 and 2 % are as frail as that.
    """
    france = wave("heatwave_2003")
    frailty, old = france.world.people.frailty, france.age >= 65
    for cut, share, published in ((0.6, 0.07, 4.1), (P.housebound, 0.02, 5.5)):
        assert (frailty[old] > cut).mean() == pytest.approx(share, abs=0.01)
        assert france.ratio_at_home(frailty > cut, old) == pytest.approx(published, rel=0.25)


def test_the_poor_die_more_of_usual_causes() -> None:
    """Blanpain 2018: poorest over richest twentieth as 12.7 years of men's life and 8.3 of women's let expect."""
    poorest, richest = heat.income_factor(0, P), heat.income_factor(4, P)
    years = 0.5 * (12.7 * P.man_age + 8.3 * P.woman_age)
    assert np.log(poorest / richest) == pytest.approx(years * 0.8 / 0.95, abs=0.01)
    assert np.mean([heat.income_factor(fifth, P) for fifth in range(5)]) == pytest.approx(1.0)


def test_deaths_grow_with_the_number_of_hot_days() -> None:
    """Observed over expected 1.3, 1.6 and 2.0 with 0 to 3, 4 to 7 and 8 or more very hot days: .3, .6 and 1."""
    total = [wave("heatwave_2003", days=days).excess.sum() for days in (3, 6, 9)]
    assert total[0] / total[2] == pytest.approx(0.3, abs=0.12) and total[1] / total[2] == pytest.approx(0.6, abs=0.12)


def test_severity_scales_and_there_is_no_rebound() -> None:
    half, full = (wave("heatwave_2003", severity=severity) for severity in (0.5, 1.0))
    assert half.excess.sum() == pytest.approx(full.excess.sum() / 2, rel=0.03)
    assert (np.diff(full.by_day) >= 0).all() and np.ptp(full.by_day[-8:]) == 0.0
    assert not full.world.people.strain.any()


def test_nobody_is_out_of_reach_of_heat() -> None:
    assert (wave("heatwave").excess > 0).all()


# what levers can change

def give_everybody_a_fan(world: World) -> None:
    with world.writable(["households.kit"]):
        world.households.kit[:] |= 1 << COOLING


def insulate_everybody(world: World) -> None:
    with world.writable(["households.insulated"]):
        world.households.insulated[:] = 1


@pytest.mark.parametrize(("change", "most"), [(give_everybody_a_fan, 0.10), (insulate_everybody, 0.15)])
def test_help_at_home_changes_deaths_at_home_alone(change, most: float) -> None:
    without, helped = wave("heatwave"), Wave(shipped("heatwave"), change=change)
    survivors = (without.world.people.alive == 1) & (helped.world.people.alive == 1)
    away = [(found.excess - found.home)[survivors] for found in (without, helped)]
    assert np.allclose(away[0], away[1], rtol=1e-6, atol=1e-8)
    assert (helped.home <= without.home)[survivors].all()
    saved = 1 - helped.excess.sum() / without.excess.sum()
    assert 0 < saved < most


def test_a_tie_more_never_raises_anybodys_risk() -> None:
    def forget_ties(world: World) -> None:
        with world.writable(["ties.degree"]):
            world.ties.degree[:] = 0

    without, tied = Wave(shipped("heatwave"), change=forget_ties), wave("heatwave")
    survivors = (without.world.people.alive == 1) & (tied.world.people.alive == 1)
    assert (tied.home <= without.home)[survivors].all() and tied.home.sum() < 0.95 * without.home.sum()
