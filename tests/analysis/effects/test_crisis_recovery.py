"""Recovery crisis by crisis: the same people in every arm, each crisis on its own clock."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.analysis.effects.arms import Arm
from simulator.analysis.effects.crisis_recovery import compare_crises
from simulator.analysis.effects.hit_panel import fix_the_hit
from simulator.analysis.run_view import RunView
from simulator.records.files.run_files import RunTables
from simulator.report.terminal.crisis_recovery import format_crisis_recovery

FLOOD = {"id": "flood", "label_en": "Flood", "label_fr": "Inondation", "start": "2027-06-07", "days": 5}
SCENARIO = {"crises": [{**FLOOD, "again": ["2027-09-15"]}], "calendar": {"horizon_days": 400}}
HIT = {
    # (arm, seed): of each crisis, uid to days back
    ("", 1): ({1: 40, 2: -1}, {1: 60}), ("", 2): ({1: 20, 2: 80}, {2: -1}),
    ("outreach", 1): ({1: 30, 2: 70, 3: 10}, {1: 60}), ("outreach", 2): ({1: 20, 2: 60}, {2: 100}),
}


@pytest.fixture
def comparison():
    arms, rows, totals = {}, [], []
    for (name, seed), crises in HIT.items():
        run = f"{name}-{seed}"
        arm = arms.setdefault(name, Arm(name, (name,) if name else (), {"en": name or "No lever", "fr": name}))
        arm.runs[seed] = RunView({"run": run, "seed": seed, "horizon": 400, "clock": 100,
                                  "hit_key": str(sorted(crises[0]))}, {}, {})
        rows += [(run, k, uid, back) for k, of in enumerate(crises, 1) for uid, back in of.items()]
        totals += [(run, uid, back) for uid, back in crises[0].items()]
    run, crisis, uid, back = (np.array(column, object if k == 0 else int) for k, column in enumerate(zip(*rows)))
    table = {"run": run, "crisis": crisis, "uid": uid, "back": back, "died": np.full(len(uid), -1)}
    run, uid, back = (np.array(column, object if k == 0 else int) for k, column in enumerate(zip(*totals)))
    hit = {"run": run, "uid": uid, "back": back, "days": np.where(back < 0, 100, back), "hit": np.ones(len(uid), int),
           "died": np.full(len(uid), -1), "state": np.zeros(len(uid), int),
           **{name: np.ones(len(uid)) for name in ("loss", "loss_year", "permanent")}}
    content = {str(name): {"scenario": SCENARIO} for name in run}
    return list(arms.values()), RunTables({"hit_by_crisis": table, "hit_residents": hit}, content)


def test_every_crisis_has_its_clock_and_the_same_people_in_every_arm(comparison):
    arms, opened = comparison
    found = {(one.number, one.arm.portfolio): one for one in compare_crises(arms, opened)}
    first, lever = found[1, ""], found[1, "outreach"]
    assert first.episode.clock == 100 and first.episode.is_censored and found[2, ""].episode.clock == 300
    assert first.hit == lever.hit == (3 + 2) / 2, "whoever is hit in any arm counts in all"
    assert first.days == pytest.approx(((40 + 100 + 0) / 3 + (20 + 80) / 2) / 2)
    assert lever.days == pytest.approx(((30 + 70 + 10) / 3 + (20 + 60) / 2) / 2)
    assert lever.sooner.difference == pytest.approx(first.days - lever.days) and first.sooner is None
    assert first.not_back == pytest.approx((1 / 3 + 0) / 2) and lever.not_back == 0
    assert (first.reached, first.n) == (1, 2) and first.back_80 == 80
    assert found[2, ""].days == pytest.approx((60 + 300) / 2) and found[2, "outreach"].days == pytest.approx(80)


def test_times_of_a_run_are_those_of_the_first_crisis_over_the_same_people(comparison):
    arms, opened = comparison
    fix_the_hit(arms, opened)
    run = arms[0].runs[1].run
    assert run["hit"] == 3 and run["back_50"] == 40 and run["days_not_back"] == pytest.approx(140 / 3)


@pytest.mark.parametrize("lang, says", [("en", "Flood (15 Sep 2027): 1 people hit, timed for 300 days, until the run "
                                               "ends"), ("fr", "jusqu'à la crise suivante")])
def test_the_terminal_tells_each_crisis(comparison, lang, says):
    text = " ".join(" ".join(format_crisis_recovery(*comparison, lang, 110)).split())
    assert says in text.replace("\u00a0", " ") and "> 100" in text
