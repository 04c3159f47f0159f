import numpy as np
import pytest

from simulator.analysis.chain.table import DOWN, OPEN
from simulator.analysis.chain.treated import (
    estimate_change_per_person,
    list_member_sets,
    list_treated_sets,
    mark_helped_by,
    measure_sets,
)
from simulator.analysis.effects.arms import Arm
from simulator.analysis.effects.paired_comparison import compare_paired_values
from tests.analysis.chain.people import HORIZON, make_acts, make_pair, make_people

ARM = Arm("p", ("outreach",), {"en": "Outreach"})


def example(seed: int = 0, people: int = 400):
    """Residents by 8: 0 offered only; 1 offered and served; 2 joins because of it; 3 helped by 1; 4 and 5 hit and in no
    set; 6 leaves its site because of it; 7 is never hit. The lever takes 4 days off the loss of the served, 2 off that
    of the helped, adds 1 to that of 5, and luck shifts both runs alike."""
    kind = np.arange(people) % 8
    luck = np.random.default_rng(seed).uniform(20, 30, people)
    hit = kind != 7
    change = np.select([kind == 1, kind == 3, kind == 5], [-4.0, -2.0, 1.0], 0.0)
    site = np.where(kind == 6, 3, -1), np.where(kind == 2, 3, -1)
    back = np.where(kind == 0, -1, 50), np.where(kind == 0, -1, np.where(kind == 1, 20, 50))
    without = make_people(people, hit=hit, loss=np.where(hit, luck, 0), site=site[0], days_back=back[0])
    with_ = make_people(people, hit=hit, loss=np.where(hit, luck + change, 0), site=site[1], days_back=back[1])
    rows = np.arange(people)
    acts = make_acts(*[(row - 2, row) for row in rows[kind == 3]])
    return make_pair(without, with_, list(rows[kind <= 1]), list(rows[kind == 1]), acts, cost=1000.0)


def test_the_sets_are_fixed_by_who_is_reached_joins_and_is_helped():
    pair = example()
    sets, kind = list_treated_sets(pair), np.arange(400) % 8
    for name, kinds in {"offered": [0, 1], "served": [1], "joined": [2], "helped": [3], "none": [4, 5, 6],
                        "hit": range(7)}.items():
        np.testing.assert_array_equal(sets[name], np.isin(kind, list(kinds)))


def test_the_effect_on_the_treated_is_the_one_that_was_made_whatever_luck_does():
    groups = [[example(seed)] for seed in range(3)]
    found = {(one.set, one.measure): one for one in measure_sets(ARM, groups, list_treated_sets)}
    for name, change, persons in (("served", -4, 50), ("offered", -2, 100), ("joined", 0, 50), ("helped", -2, 50),
                                  ("none", 1 / 3, 150), ("hit", -5 / 7, 350)):
        effect = found[name, "loss_hit"]
        assert effect.difference == pytest.approx(change) and effect.persons == persons
        assert effect.low == pytest.approx(change) and effect.high == pytest.approx(change)
    assert found["served", "loss_hit"].better == 50 and found["served", "loss_hit"].worse == 0
    assert found["none", "loss_hit"].worse == 50 and found["hit", "loss_hit"].better == 100
    assert found["hit", "loss"].n == 3 and found["hit", "loss"].sign == DOWN


def test_who_is_never_back_counts_the_horizon():
    effects = measure_sets(ARM, [[example()], [example(1)]], list_treated_sets)
    days = {one.set: one for one in effects if one.measure == "days_not_back"}
    assert days["offered"].baseline == (HORIZON + 50) / 2
    assert days["served"].difference == -30 and days["served"].better == 50


def test_a_set_with_few_hit_is_not_told_and_an_empty_one_has_no_effect():
    few = measure_sets(ARM, [[example(seed, 24)] for seed in range(4)], list_treated_sets)
    assert {one.sign for one in few} == {OPEN} and all(one.few for one in few)
    people = make_people(10, hit=np.ones(10), loss=np.ones(10))
    nobody = measure_sets(ARM, [[make_pair(people, people)]], list_treated_sets)
    assert all(np.isnan(one.difference) and one.persons == 0 for one in nobody if one.set in ("served", "joined"))


def test_runs_that_are_the_same_show_no_effect_on_anybody():
    pair = example()
    same = make_pair(pair.without, pair.without, list(range(50)), list(range(20)), pair.pairs)
    for one in measure_sets(ARM, [[same], [same]], list_treated_sets):
        assert one.difference == 0 or one.persons == 0
        assert one.better == one.worse == 0


def test_helpers_count_in_the_crisis_only_and_only_for_an_act():
    people = make_people(6)
    givers = np.array([True, False, False, False, False, False])
    for acts, receivers in ((make_acts((0, 2), (1, 3)), [2]), (make_acts((0, 2), period="calm"), []),
                            (make_acts((-1, 4), (0, 9)), []),
                            ({**make_acts((0, 2)), "acts": np.zeros(1), "refusals": np.ones(1)}, [])):
        assert list(np.flatnonzero(mark_helped_by(make_pair(people, people, acts=acts), givers))) == receivers


def test_the_ratio_of_sums_equals_the_mean_difference_where_sets_are_equally_large():
    change = np.array([-3.0, -1.0, -2.5, 0.5])
    found = estimate_change_per_person(change, np.full(4, 2.0))
    paired = compare_paired_values(np.zeros(4), change / 2)
    assert found == pytest.approx((paired.difference, paired.low, paired.high))
    assert estimate_change_per_person(np.array([2.0, 6.0]), np.array([1.0, 3.0])) == pytest.approx((2.0, 2.0, 2.0))
    assert np.isnan(estimate_change_per_person(np.array([2.0, 0.0]), np.array([1.0, 0.0]))[1])


def test_members_are_compared_with_themselves_never_with_others():
    pair = example()
    kind = np.arange(400) % 8
    sets = list_member_sets(pair)
    np.testing.assert_array_equal(sets["members"], kind == 2)
    assert not (sets["members"] & (sets["helped_by_members"] | sets["other_hit"])).any()
    effects = measure_sets(ARM, [[pair], [example(1)]], list_member_sets)
    assert all(one.difference == pytest.approx(0) for one in effects if one.set == "members")
