import numpy as np
import pytest

from simulator.analysis.chain.residents import list_groups, read_residents, sum_residents
from simulator.engine.loop import Engine
from simulator.records.files.run_files import combine_records
from tests.analysis.chain.people import HORIZON, make_pair, make_people
from tests.properties.trial_run import played, quick, trial

EVERYBODY = np.ones(10, bool)


def test_days_until_back_are_read_on_all_hit_and_not_reached_is_infinite():
    days = np.array([10, 20, 30, 40, 50, 60, 70, 80, -1, -1])
    people = make_people(10, hit=np.ones(10), days_back=days)
    found = sum_residents(people, EVERYBODY, EVERYBODY, ~EVERYBODY, HORIZON)
    assert (found["back_50"], found["back_80"], found["back_95"]) == (50, 80, np.inf)
    assert found["days_not_back"] == (360 + 2 * HORIZON) / 10 and found["not_back"] == 2
    later = sum_residents(people, EVERYBODY, EVERYBODY, ~EVERYBODY, 75.0)
    assert later["back_80"] == np.inf and later["days_not_back"] == (280 + 3 * 75) / 10


def test_only_adults_of_the_group_and_alive_at_onset_count_for_what_adults_have():
    age = np.array([10, 20, 30, 40, 50, 60, 70, 80, 90, 14])
    people = make_people(10, age=age, agency=np.full(10, 0.5), site=np.zeros(10), alive_onset=np.r_[0, np.ones(9)],
                         hit=np.ones(10), asked=np.ones(10))
    found = sum_residents(people, age < 60, EVERYBODY, EVERYBODY, HORIZON)
    assert (found["n"], found["adults"], found["members"], found["asked"]) == (5, 4, 4, 4)
    assert found["agency"] == 2.0 and found["reached"] == 5


def test_groups_hold_the_same_residents_whatever_the_lever_did():
    base = make_people(10, site=np.array([1] * 3 + [-1] * 7), income_quintile=np.arange(10) % 5 + 1,
                       age=90 - np.arange(10) * 10, household_type=np.arange(10) % 4)
    other = {**base, "site": np.full(10, 1), "isolated_before": np.ones(10)}
    groups = list_groups(make_pair(base, other, offered=[4, 5]))
    assert list(np.flatnonzero(groups["participants"])) == [0, 1, 2]
    assert list(np.flatnonzero(groups["reached"])) == [4, 5]
    assert list(np.flatnonzero(groups["75+"])) == [0, 1] and not groups["isolated"].any()
    assert groups["poorest"].sum() == 2 and groups["lone_parents"].sum() == 2


@pytest.fixture(scope="module")
def observed() -> Engine:
    from dataclasses import replace

    return played(replace(trial(quick("outreach"), quick("open_project")), observe=("people", "pairs", "reached")))


def test_sums_over_residents_equal_the_groups_that_every_run_records(observed: Engine):
    """The same numbers by two ways: from residents one by one, and from what the run summed itself."""
    tables = observed.record.tables
    people = read_residents(combine_records([observed.record]), observed.record.run_id)
    groups, n = tables["groups"], len(people["uid"])
    reached = np.isin(people["uid"], tables["reached"]["uid"][tables["reached"]["what"] == "offered"])
    masks = {("all", "all"): np.ones(n, bool), ("income", "1"): people["income_quintile"] == 1,
             ("age", "75+"): people["age"] >= 75, ("household", "lone_parent"): people["household_type"] == 3,
             ("isolation_before", "isolated"): people["isolated_before"] > 0,
             ("membership_before", "member"): (people["member_before"] > 0) & (people["age"] >= 15)}
    for (dimension, group), mask in masks.items():
        row = np.flatnonzero((groups["dimension"] == dimension) & (groups["group"] == group))[0]
        found = sum_residents(people, mask, people["hit"] > 0, reached, 365.0)
        for name in found:
            if name in groups and name != "loss":  # groups count losses to the end of the run, residents to the horizon
                assert found[name] == pytest.approx(groups[name][row], rel=1e-4, abs=2e-2), (group, name)
    assert tables["groups"]["reached"][0] > 0 and tables["groups"]["hit"][0] > 0
