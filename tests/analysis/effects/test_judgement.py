"""Judgements of hand-made comparisons, by closed forms: the hit are a fixed set, zeros count."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.effects.arms import Arm
from simulator.analysis.effects.hit_panel import collect_hit_panels, fix_the_hit, total_pair
from simulator.analysis.effects.judgement import judge_arm_differences, judge_arms
from simulator.analysis.effects.verdict import Threshold
from simulator.analysis.run_view import RunView
from simulator.records.files.run_files import RunTables
from simulator.records.recovery.hit_measures import measure_hit

HORIZON, RESIDENTS = 400, 1000
COLUMNS = ("uid", "hit", "loss", "loss_year", "back", "days", "died", "permanent", "state")


def table(loss, uid=None, back=100, permanent=0.0, hit=1):
    """The table of the hit of one run, one row for each loss."""
    loss = np.asarray(loss, float)
    n = len(loss)
    given = {"uid": np.arange(n) if uid is None else uid, "hit": hit, "loss": loss, "loss_year": loss / 2, "back": back,
             "days": np.where(np.asarray(back) < 0, HORIZON, back),
             "died": -1, "permanent": permanent, "state": 0}
    return {name: np.broadcast_to(np.asarray(given[name]), n).copy() for name in COLUMNS}


def comparison(**arms):
    """Arms by name ("none" is the baseline), each seed to its table, and the tables as they are read back."""
    built, rows = [], []
    for name, by_seed in arms.items():
        arm = Arm("" if name == "none" else name, () if name == "none" else (name,), {"en": name})
        for seed, columns in by_seed.items():
            run = f"{name}-{seed}"
            own = measure_hit(columns, columns["hit"] > 0, HORIZON)
            arm.runs[seed] = RunView({"run": run, "seed": seed, "n": RESIDENTS, "horizon": HORIZON,
                                      "deaths_expected": 0.0, **own}, {}, {})
            rows.append({"run": np.full(len(columns["uid"]), run, object), **columns})
        built.append(arm)
    tables = {"hit_residents": {name: np.concatenate([row[name] for row in rows]) for name in ("run", *COLUMNS)},
              "hit_by_crisis": {name: np.zeros(0, np.int64) for name in ("run", "crisis", "uid", "back", "died")}}
    return built, RunTables(tables, {})


def test_effects_are_sums_over_seeds_then_ratios():
    """Seed 1: 100 hit lose 10 each, 4 saved by half of them; seed 2: 300 hit lose 30 each, 3 saved by all."""
    arms, opened = comparison(none={1: table([10.0] * 100), 2: table([30.0] * 300)},
                              lever={1: table([6.0] * 50 + [10.0] * 50), 2: table([27.0] * 300)})
    one = judge_arms(arms[0], arms[1:], opened)["lever"]
    saved, lost = 50 * 4 + 300 * 3, 100 * 10 + 300 * 30
    assert one.hit == 400 and one.gain == pytest.approx(saved / 400) and one.base == pytest.approx(lost / 400)
    assert one.share == pytest.approx(100 * saved / lost) and one.gain_year == pytest.approx(saved / 800)
    assert one.per_resident == pytest.approx(saved / 2 / RESIDENTS)
    assert (one.better, one.worse) == (175, 0) and one.better_each == pytest.approx(saved / 350)
    assert np.isnan(one.worse_each)


def test_persons_are_paired_and_zeros_count_as_neither():
    arms, opened = comparison(none={1: table([10.0, 10.0, 10.0, 10.0, 10.0])},
                              lever={1: table([5.0, 9.0, 9.01, 12.0, 10.0])})
    totals = total_pair(collect_hit_panels(arms, opened), arms[1], arms[0])
    assert (totals.better[0], totals.worse[0], totals.better_days[0], totals.worse_days[0]) == (2, 1, 6, 2)


def test_the_hit_are_those_of_any_arm():
    """A lever that spares a resident is credited with it, and both arms count the same three persons."""
    arms, opened = comparison(none={1: table([9.0, 9.0, 9.0], back=[50, 100, -1])},
                              lever={1: table([9.0, 9.0], back=[50, 100])})
    assert arms[1].value("loss_per_hit", 1) == 9.0
    fix_the_hit(arms, opened)
    assert arms[0].value("loss_per_hit", 1) == 9.0 and arms[1].value("loss_per_hit", 1) == 6.0
    assert arms[0].value("days_not_back", 1) == (50 + 100 + 400) / 3 and arms[1].value("days_not_back", 1) == 50
    assert not judge_arms(arms[0], arms[1:], opened)["lever"].is_fixed
    assert np.isnan(arms[0].value("back_95", 1)) and arms[1].value("back_95", 1) == 100


def test_losses_of_who_was_hit_in_another_arm_alone_count():
    arms, opened = comparison(none={1: table([9.0, 2.0], hit=[1, 0])}, lever={1: table([8.0, 5.0])})
    totals = total_pair(collect_hit_panels(arms, opened), arms[1], arms[0])
    assert totals.hit[0] == 2 and totals.base[0] == 11 and totals.gain[0] == -2


def many(values, **how):
    """300 hit who each lose this, by seed."""
    return {seed: table([value] * 300, **how) for seed, value in enumerate(values, 1)}


@pytest.mark.parametrize(("lever", "found"), [
    ([9, 9, 9.1, 8.9], "acts"), ([10, 9.99, 10.01, 10], "small"), ([11, 11.1, 10.9, 11], "harms"),
    ([9, 10, 11, 8], "open")])
def test_verdicts(lever, found):
    arms, opened = comparison(none=many([10.0] * 4), lever=many(lever))
    assert judge_arms(arms[0], arms[1:], opened)["lever"].verdict == found


def test_the_threshold_is_the_readers():
    arms, opened = comparison(none=many([10.0] * 4), lever=many([9, 9, 8.9, 8.9]))
    found = {str(worth): judge_arms(arms[0], arms[1:], opened, worth)["lever"].verdict
             for worth in (Threshold(5), Threshold(10), Threshold(30), Threshold(0.5, "days"), Threshold(3, "days"),
                           Threshold(200, "people"), Threshold(400, "people"))}
    assert found == {"5%": "acts", "10%": "open", "30%": "small", "0.5 days": "acts", "3 days": "small",
                     "200 people": "acts", "400 people": "small"}


def test_fewer_days_with_more_lost_for_good_is_mixed():
    arms, opened = comparison(none=many([10.0] * 4, permanent=0.02), gives_up=many([8.0] * 4, permanent=0.03),
                              helps=many([8.0] * 4, permanent=0.02), slightly=many([8.0] * 4, permanent=0.01))
    judged = judge_arms(arms[0], arms[1:], opened)
    assert {name: one.verdict for name, one in judged.items()} == {"gives_up": "mixed", "helps": "acts",
                                                                   "slightly": "acts"}
    assert judged["gives_up"].permanent == pytest.approx(0.01)


def test_more_deaths_are_mixed_too():
    arms, opened = comparison(none=many([10.0] * 4), lever=many([8.0] * 4))
    for view in arms[1].runs.values():
        view.run["deaths_expected"] = 2.0
    assert judge_arms(arms[0], arms[1:], opened)["lever"].verdict == "mixed"


def test_too_few_hit_is_said_and_how_many_seeds_are_needed():
    arms, opened = comparison(none={1: table([10.0] * 40), 2: table([10.0] * 40)},
                              lever={1: table([1.0] * 40), 2: table([1.0] * 40)})
    one = judge_arms(arms[0], arms[1:], opened)["lever"]
    assert (one.verdict, one.hit, one.more_seeds) == ("few", 80, 3)


def test_nobody_hit_is_no_division_by_zero():
    arms, opened = comparison(none={1: table([])}, lever={1: table([])})
    one = judge_arms(arms[0], arms[1:], opened)["lever"]
    assert one.verdict == "few" and one.hit == 0 and np.isnan(one.gain)


def test_arms_are_compared_on_the_seeds_both_have():
    """B lacks the seed in which A is best: A is no better than B in those they share."""
    arms, opened = comparison(none=many([10.0] * 4), a=many([9, 9, 9, 2]), b=many([9, 9, 9]))
    [pair] = judge_arm_differences(arms[1:], opened)
    assert (pair.portfolio, pair.versus, pair.n, pair.gain) == ("a", "b", 3, 0.0) and pair.verdict == "small"
    [turned] = judge_arm_differences([arms[2], arms[1]], opened)
    assert turned.gain == -pair.gain and turned.better == pair.worse
    judged = judge_arms(arms[0], arms[1:], opened)
    assert list(judged) == ["a", "b"] and judged["b"].n == 3


def test_seeds_are_the_unit_and_never_persons():
    """Ten times as many persons with the same seeds give the same interval."""
    few, many_ = (comparison(none={s: table([10.0] * n) for s in (1, 2, 3)},
                             lever={s: table([9.0 - s] * n) for s in (1, 2, 3)}) for n in (100, 1000))
    ends = [(one.low, one.high) for arms, opened in (few, many_) for one in judge_arms(arms[0], arms[1:],
                                                                                       opened).values()]
    assert np.allclose(*ends)


def with_deaths(arm, deaths):
    """Set the expected deaths of an arm by seed."""
    for seed, view in arm.runs.items():
        view.run["deaths_expected"] = deaths[seed - 1]


def test_deaths_decide_where_the_hit_lose_next_to_nothing():
    arms, opened = comparison(none=many([0.01] * 4), saves=many([0.01] * 4), kills=many([0.0] * 4),
                              nothing=many([0.001] * 4))
    for arm, deaths in zip(arms, ([10, 20, 10, 20], [8, 16, 8, 16], [12, 24, 12, 24], [10, 20, 10, 20])):
        with_deaths(arm, deaths)
    judged = judge_arms(arms[0], arms[1:], opened)
    assert {name: one.verdict for name, one in judged.items()} == {"saves": "acts", "nothing": "small",
                                                                   "kills": "harms"}
    assert list(judged) == ["saves", "nothing", "kills"] and judged["saves"].judged_share[0] == pytest.approx(20)
    assert judged["saves"].is_by_deaths and judged["saves"].deaths == 3 and judged["saves"].base_deaths == 15


def test_a_share_of_next_to_nothing_does_not_matter():
    arms, opened = comparison(none=many([0.05] * 4), lever=many([0.0] * 4))
    one = judge_arms(arms[0], arms[1:], opened)["lever"]
    assert one.share == pytest.approx(100) and one.verdict == "small" and not one.is_by_deaths
