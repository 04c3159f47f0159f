from dataclasses import replace

import numpy as np
import pytest

from simulator.analysis.chain.members import MEMBERS, build_member_chain, measure_members, pair_twin_worlds
from simulator.engine.loop import play
from simulator.records.files.run_files import combine_records
from simulator.scenario.site_free import build_site_free_twin
from tests.analysis.chain.people import make_pair, make_people
from tests.properties.trial_run import trial


def example(seed: int):
    """Fifty members, whose loss sites lower by 3, and fifty others, whose loss they lower by 1; both have more power to
    act than in a world without sites, members by 0.2."""
    luck = np.random.default_rng(seed).uniform(10, 20, 100)
    member = np.arange(100) < 50
    without = make_people(100, hit=np.ones(100), loss=luck, agency=np.full(100, 0.5), days_back=np.full(100, 30))
    with_ = make_people(100, hit=np.ones(100), loss=luck - np.where(member, 3, 1), days_back=np.full(100, 30),
                        agency=0.5 + np.where(member, 0.2, 0.1), site=np.where(member, 8, -1))
    return make_pair(without, with_)


def test_the_chain_of_members_is_that_of_the_same_persons_without_sites():
    found = {(cell.group, cell.link): cell for cell in build_member_chain([example(seed) for seed in range(3)])}
    assert found[MEMBERS, "agency"].difference == pytest.approx(0.2)
    assert found["all", "agency"].difference == pytest.approx(0.15)
    assert found[MEMBERS, "loss"].difference == pytest.approx(-3) and found[MEMBERS, "loss"].benefit == 1
    assert found[MEMBERS, "members"].baseline == 0 and found[MEMBERS, "members"].mean == 50


def test_the_effect_on_members_is_no_comparison_with_others():
    effects = {(one.set, one.measure): one for one in measure_members([example(seed) for seed in range(4)])}
    assert effects["members", "loss"].difference == pytest.approx(-3)
    assert effects["other_hit", "loss"].difference == pytest.approx(-1)
    assert effects["members", "loss"].better == 50


def test_runs_with_and_without_sites_are_paired_by_seed():
    runs = [replace(trial(seed=seed), observe=("people", "pairs")) for seed in (1, 2)]
    records = [play(run) for run in (*runs, build_site_free_twin(runs[0]))]
    pairs = pair_twin_worlds(combine_records(records))
    assert list(pairs) == [1]
    assert (pairs[1].with_["site"] >= 0).any() and (pairs[1].without["site"] == -1).all()
    assert pairs[1].horizon == 35
