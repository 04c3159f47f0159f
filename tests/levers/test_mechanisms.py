"""Every shipped lever changes what its card says, in the direction it says, and modifies no other handle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from simulator.crises.exposure import compute_exposure
from simulator.kernel.slot_arrays import to_dense_array
from simulator.levers.active_lever import ActiveLever
from simulator.levers.modifiers import ModifierValues
from simulator.rules.need_domains import BY_INSTITUTION, BY_RESERVE, BY_SITE, COOLING, EQUIPMENT, KNOW_HOW
from simulator.rules.tie_kinds import NEIGHBOUR
from simulator.world.population.people import FOUND
from tests.crises.example import shipped as shipped_crisis
from tests.levers.example import CARDS, shipped
from tests.levers.small_run import Played, immediate, initial_world, small_run, with_lever, without

NAMES = sorted(path.stem for path in CARDS.glob("*.yaml"))
CODES = [f"L{k}" for k in range(1, 26)] + [f"R{k}" for k in range(1, 5)]


def members_trust(run: Played) -> float:
    """Mean trust in institutions of residents who are members of a site without the lever."""
    return float(run.world.people.trust_institutions[without().world.people.member >= 0].mean())


def neighbours(run: Played) -> int:
    """Ties between neighbours."""
    ties = run.world.ties
    return int(((to_dense_array(ties.kind) == NEIGHBOUR) & (to_dense_array(ties.alter) >= 0)).sum())


def grants(run: Played) -> int:
    """Grants running at the two initial sites."""
    return int(np.bitwise_count(run.world.sites.grants[:2]).sum())


def heat_exposure(run: Played) -> float:
    """Total exposure to a heatwave."""
    return float(compute_exposure(shipped_crisis("heatwave"), run.world).sum())


def found(run: Played) -> int:
    """Residents in need who did not ask and whom others found."""
    return int((run.world.people.crisis_marks & FOUND > 0).sum())


def skill(run: Played) -> float:
    """Sum of all skills of all residents."""
    return float(run.world.people.skill.sum())


MOVES: dict[str, list[tuple[Callable[[Played], float], int]]] = {
    "open_project": [(lambda r: r.count("sites_opened"), 1)],
    "longer_hours": [(lambda r: r.count("joined"), 1)],
    "coordinator": [(lambda r: r.count("pairs_met"), 1)],
    "outreach": [(lambda r: float((r.world.people.aware > 0).sum()), 1), (lambda r: r.count("joined"), 1)],
    "mixed_publics": [(lambda r: r.count("pairs_met"), 1)],
    "know_how_exchange": [(skill, 1)],
    "library_of_things": [(lambda r: r.good("kits_added"), 1), (lambda r: r.good("kits_lent"), 1)],
    "micro_grants": [(lambda r: r.count("sites_opened"), 1)],
    "co_governance": [(members_trust, 1)],
    "stable_funding": [(grants, 1)],
    "site_network": [(lambda r: float((r.world.people.aware > 0).sum()), 1)],
    "preparedness_training": [(lambda r: float(r.calm.goods[0]), 1),
                              (lambda r: float(r.world.people.skill[:, KNOW_HOW].sum()), 1)],
    "volunteer_reserve": [(lambda r: r.crisis.crisis_met[BY_RESERVE].sum(), 1)],
    "phone_tree_and_register": [(found, 1)],
    "building_referents": [(lambda r: r.count("detected"), 1), (neighbours, 1)],
    "refuge_rooms": [(lambda r: r.crisis.crisis_met[BY_SITE, EQUIPMENT], 1)],
    "emergency_fund": [(lambda r: r.good("delivered"), 1), (lambda r: float(r.world.sites.pool.sum()), 1)],
    "low_threshold_welcome": [(lambda r: r.count("joined"), 1)],
    "solidarity_price": [(lambda r: r.count("joined"), 1), (lambda r: float(r.calm.goods[0]), 1)],
    "convivial_events": [(lambda r: r.count("ties_created"), 1)],
    "residents_room": [(lambda r: r.count("sites_opened"), 1)],
    "public_space": [(lambda r: r.count("ties_created"), 1)],
    "insertion_jobs": [(lambda r: r.count("pairs_met"), 1)],
    "care_for_volunteers": [(lambda r: float(r.world.people.load.sum()), -1)],
    "fans": [(lambda r: float(r.world.households.kit.sum()), 1), (lambda r: -r.crisis.crisis_unmet[EQUIPMENT], 1),
             (lambda r: float((r.world.households.kit >> COOLING & 1).sum()), 1)],
    "insulation": [(lambda r: float(r.world.households.insulated.sum()), 1), (heat_exposure, -1)],
    "cash": [(lambda r: float(r.world.households.cushion.sum()), 1)],
    "group_hosting": [(lambda r: float(r.world.neighbourhoods.group_core.sum()), 1)],
    "institutional_capacity": [(lambda r: r.crisis.crisis_met[BY_INSTITUTION].sum(), 1)],
}
"""Lever -> measures that it changes, each with the sign of the change."""


def test_all_levers_are_shipped_and_each_has_a_measure():
    assert sorted((shipped(name).code for name in NAMES), key=CODES.index) == CODES
    assert set(MOVES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_lever_changes_what_its_card_says(name):
    played = with_lever(name)
    played.world.check()
    for measure, sign in MOVES[name]:
        assert sign * measure(played) > sign * measure(without())


@pytest.mark.parametrize("name", NAMES)
def test_a_lever_modifies_its_own_handles_and_no_other(name):
    """M9. Sites and residents it does not reach keep the base value of those handles."""
    card = immediate(shipped(name))
    active = ActiveLever(card, 0)
    active.resolve(initial_world())
    modified, plain = ModifierValues(initial_world(), [active], day=14), ModifierValues(initial_world())
    assert set(modified.list_modified_handles()) == {modifier.handle for modifier in card.modifiers}
    for handle in modified.list_modified_handles():
        owner, _, rest = handle.partition(".")
        value, base = (np.atleast_1d(getattr(each, owner)(rest)) for each in (modified, plain))
        others = np.setdiff1d(np.arange(len(value)), active.reach.rows(owner))
        assert np.array_equal(value[others], np.broadcast_to(base, value.shape)[others])
        assert (value != base).any()


@pytest.mark.parametrize("name", NAMES)
def test_dose_zero_modifies_no_handle(name):
    card = immediate(shipped(name))
    idle = ActiveLever(card.__class__(**{**vars(card), "dose": 0.0}), 0)
    idle.resolve(initial_world())
    assert not ModifierValues(initial_world(), [idle], day=70).list_modified_handles()


def test_micro_grants_close_on_time_without_disappointment():
    """Groups last 182 days, here 70: they open, gather members, close, and nobody loses trust."""
    card = immediate(shipped("micro_grants"))
    card.new_sites.days = 70
    opened = []
    played = small_run(card, lambda world, day: opened.append(int(world.sites.open[2:].sum())))
    assert max(opened) >= 3 and opened[-1] == 0 and played.count("sites_closed") >= played.count("sites_opened") >= 12
    people, sites = played.world.people, played.world.sites
    assert (sites.closes[2:] - sites.opens[2:] == 70).all()
    assert not np.isin(people.candidate, np.arange(2, sites.rows)).any() and people.member.max() < 2


@pytest.mark.parametrize("handed_over", [False, True])
@pytest.mark.parametrize("name", [name for name in NAMES if shipped(name).window.days])
def test_a_lever_that_ends_costs_trust_unless_somebody_takes_over(name, handed_over):
    """It ends on a Thursday; it disappoints those it reached once, on the next weekly boundary."""
    card = immediate(shipped(name))
    card.handed_over, card.window.days = handed_over, 17
    active = ActiveLever(card, 0)
    active.resolve(initial_world())
    values = [ModifierValues(initial_world(), [active], day=day) for day in range(40)]
    disappointed = {owner: [float(np.asarray(getattr(each, owner)("disappointed")).sum()) for each in values]
                    for owner in ("site", "resident")}
    owners = {modifier.handle.partition(".")[0] for modifier in card.modifiers} - {"territory"}
    expected = {"site": "site" in owners, "resident": bool(owners & {"resident", "institution"})}
    for owner, totals in disappointed.items():
        days = [day for day, total in enumerate(totals) if total]
        assert days == ([21] if expected[owner] and not handed_over else [])


@pytest.mark.parametrize("name", [name for name in NAMES if shipped(name).window.days
                                  and "territory.new_sites" not in [each.handle for each in shipped(name).modifiers]])
def test_an_end_without_handover_leaves_less_trust_in_institutions(name):
    """A lever of seventy days, with and without handover."""
    card = immediate(shipped(name))
    card.window.days = 70
    abandoned, handed_over = (small_run(replace(card, handed_over=over)).world for over in (False, True))
    assert abandoned.people.trust_institutions.mean() < handed_over.people.trust_institutions.mean()
