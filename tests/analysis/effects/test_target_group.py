"""The group a lever is meant for stands beside the mean."""

from __future__ import annotations

import pytest

from simulator.analysis.effects.arms import Arm
from simulator.analysis.effects.target_group import find_target_group, measure_target_effect
from simulator.analysis.run_view import RunView

REGISTER = {"id": "register", "target": {"age_low": 65, "quintiles": [], "membership": "all", "gender": "all"}}


@pytest.mark.parametrize(("target", "group"), [
    ({"age_low": 65}, ("age", "75+")), ({"age_low": 15}, None), ({"quintiles": [0, 1]}, ("income", "1")),
    ({"quintiles": [0, 4]}, None), ({"membership": "members"}, ("membership_before", "member")),
    ({"gender": "women"}, ("sex", "woman")), ({}, None), (None, None)])
def test_cards_say_whom_a_lever_is_for(target, group):
    assert find_target_group([{"id": "one", "target": target}]) == group


def test_several_levers_are_for_a_group_only_if_all_are():
    assert find_target_group([REGISTER, REGISTER]) == ("age", "75+")
    assert find_target_group([REGISTER, {"id": "other", "target": {"gender": "women"}}]) is None
    assert find_target_group([REGISTER, {"id": "all", "target": {}}]) is None and find_target_group([]) is None


def arm(levers, losses):
    """An arm in which the old lose this by seed, everybody else 1000."""
    return Arm("+".join(levers), levers, {}, {seed: RunView({}, {}, {("age", "75+"): {"loss": loss, "n": 10},
                                                                     ("age", "30-44"): {"loss": 1000.0, "n": 90}})
                                              for seed, loss in losses.items()})


def test_its_effect_is_a_ratio_of_sums_over_shared_seeds():
    found = measure_target_effect(arm((), {1: 100.0, 2: 300.0, 3: 1.0}), arm(("register",), {1: 90.0, 2: 258.0}),
                                  [REGISTER], [1, 2, 3])
    assert found is not None and found.group == ("age", "75+") and found.share == pytest.approx(100 * 52 / 400)
    assert measure_target_effect(arm((), {1: 1.0}), arm(("x",), {1: 1.0}), [{"id": "x"}], [1]) is None
