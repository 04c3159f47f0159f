import numpy as np
import pytest

from simulator.analysis.chain.links import LINKS, MAIN_LINKS, STAGES, measure_link
from simulator.analysis.chain.table import (
    DOWN,
    NONE,
    OBSERVED_GROUPS,
    OPEN,
    RECORDED_GROUPS,
    UP,
    ChainInput,
    build_chain,
    compare_link,
    list_chain_inputs,
    list_chain_rows,
    list_missing_observations,
    read_sign,
)
from simulator.analysis.effects.paired_comparison import compare_paired_values
from simulator.records.files.run_files import combine_records
from tests.analysis.chain.chain_runs import chain_tables
from tests.analysis.fake_runs import fake_record, fake_study

CHANGES = {("outreach",): {("all.all", "members"): 240, ("all.all", "reached"): 3000, ("income.1", "ties"): 960,
                           ("all.all", "never_reached"): -50, ("age.75+", "asked"): 7}}


@pytest.fixture(scope="module")
def cells():
    found = build_chain(ChainInput(chain_tables(CHANGES)))
    return {(cell.arm.levers[0], cell.group, cell.link): cell for cell in found}


def test_known_changes_are_found_in_the_group_and_link_where_they_were_made(cells):
    assert cells["outreach", "all", "members"].difference == 240 and cells["outreach", "all", "members"].sign == UP
    assert cells["outreach", "all", "members"].relative == pytest.approx(0.1)
    assert cells["outreach", "all", "reached"].baseline == 0 and cells["outreach", "all", "reached"].mean == 3000
    adults = 4 * (30_000 // 5) // 5
    assert cells["outreach", "poorest", "ties"].difference == pytest.approx(960 / adults)
    assert cells["outreach", "75+", "asked"].difference == 7
    assert cells["outreach", "all", "ties"].sign == cells["outreach", "isolated", "members"].sign == NONE
    for link in ("members", "ties", "asked"):
        assert cells["coordinator", "all", link].difference == 0 and cells["coordinator", "all", link].benefit == 0


def test_a_sign_is_a_benefit_by_the_direction_of_its_link(cells):
    loss = cells["outreach", "all", "loss"]
    assert (loss.sign, loss.benefit) == (DOWN, 1) and loss.relative == pytest.approx(-0.11, abs=0.03)
    assert cells["outreach", "all", "members"].benefit == 1 and cells["outreach", "75+", "asked"].benefit == 0


def test_groups_without_observation_are_those_that_every_run_records(cells):
    assert {group for _, group, _ in cells} == set(RECORDED_GROUPS)
    assert list_missing_observations(ChainInput(chain_tables({}, 2))) == OBSERVED_GROUPS


def test_intervals_are_those_of_every_other_paired_comparison():
    rng = np.random.default_rng(3)
    without, with_ = rng.normal(5, 1, 6), rng.normal(4, 1, 6)
    found, known = compare_link(without, with_), compare_paired_values(without, with_)
    assert found == pytest.approx((6, known.baseline, known.mean, known.difference, known.low, known.high))


def test_times_that_are_seldom_reached_have_no_difference_and_are_never_filled():
    days = np.array([100.0, 120, 130, 140, 150])
    one_late = np.where(np.arange(5) == 4, np.inf, days)
    assert compare_link(days, one_late)[:4] == (4, 122.5, 122.5, 0)
    two_late = np.where(np.arange(5) >= 3, np.inf, days)
    n, baseline, mean, *rest = compare_link(two_late, days)
    assert (n, baseline, mean) == (3, np.inf, 128) and np.isnan(rest).all()
    assert compare_link(np.full(3, np.nan), days[:3])[0] == 0


@pytest.mark.parametrize(("low", "high", "baseline", "sign"), [
    (0.1, 2, 100, UP), (-2, -0.001, 100, DOWN), (-1, 1, 100, NONE), (-1.01, 1, 100, OPEN), (0, 0, 0, NONE),
    (0, 1, 0, OPEN), (np.nan, np.nan, 5, OPEN), (-5, 60, 100, OPEN)])
def test_the_sign_says_what_the_interval_supports(low, high, baseline, sign):
    assert read_sign(low, high, baseline) == sign


def test_the_order_of_runs_does_not_matter_and_one_seed_tells_no_sign():
    records = fake_study(3, ("outreach", "mixing"))
    one, other = (list_chain_rows("", build_chain(ChainInput(combine_records(ordered))), "en")
                  for ordered in (records, records[::-1]))
    assert [str(row) for row in one] == [str(row) for row in other]
    single = build_chain(ChainInput(combine_records(fake_study(1, ("outreach",)))))
    assert single and {cell.sign for cell in single} == {OPEN}


def test_scenarios_are_told_apart_and_runs_without_a_baseline_have_no_chain():
    opened = combine_records(fake_study(2, ("outreach",)))
    assert len(list_chain_inputs(opened)) == 1
    assert not list_chain_inputs(combine_records([fake_record(("outreach",), 1)]))
    with pytest.raises(ValueError, match="nothing to compare"):
        ChainInput(combine_records([fake_record((), 1)]))


def test_every_link_stands_in_its_stage_and_the_chain_is_in_order():
    order = [STAGES.index(link.stage) for link in LINKS.values()]
    assert order == sorted(order) and set(MAIN_LINKS) <= set(LINKS)
    assert all(link.of_group or link.of_run for link in LINKS.values())


def test_shares_of_needs_add_up_to_all_needs():
    run = ChainInput(combine_records(fake_study(1, ("outreach",)))).baseline.runs[1]
    shares = [measure_link(name, {}, run) for name in LINKS if name.startswith("need_")]
    assert sum(shares) == pytest.approx(100)
    assert measure_link("need_home", {}, run) == pytest.approx(100 * 0.45 / 0.97)
    assert np.isnan(measure_link("need_home", {}))
