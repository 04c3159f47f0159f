"""EMA Workbench and SALib call the model through a few lines."""

from __future__ import annotations

import numpy as np
import pytest

import simulator as sim
from tests.api.small import small
from tests.api.test_runs import most_members

VARY = {"crisis.heatwave.severity": (0.5, 2.0), "model.asking.ask": "declared"}


@pytest.mark.filterwarnings("ignore")
def test_ema_workbench_runs_scenarios_and_policies() -> None:
    ema = pytest.importorskip("ema_workbench")
    model = sim.to_ema_model(small(), VARY, ["loss", most_members], levers=["fans"])
    with ema.SequentialEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=3, policies=2)
    assert len(outcomes["loss"]) == len(outcomes["most_members"]) == 6
    for row, loss in zip(experiments.to_dict("records"), outcomes["loss"]):
        point = small().at_point({"crisis.heatwave.severity": row["crisis__heatwave__severity"],
                                  "model.asking.ask": row["model__asking__ask"]})
        assert sim.run(point.run(1, ["fans"] if row["fans"] else None)).outcomes["loss"] == loss


def test_salib_samples_and_analyses() -> None:
    morris_sample = pytest.importorskip("SALib.sample.morris")
    morris = pytest.importorskip("SALib.analyze.morris")
    problem = sim.to_salib_problem(VARY)
    assert problem["bounds"] == [[0.5, 2.0], [0.4, 0.8]]
    values = morris_sample.sample(problem, 3, seed=1)
    outcome = sim.evaluate_salib(small(), problem, values, seeds=2, workers=1)
    expected = [np.mean([sim.run(small().at_point(dict(zip(problem["names"], row))), seed=seed).outcomes["loss"]
                         for seed in (1, 2)]) for row in values[:2]]
    assert outcome.shape == (9,) and outcome[:2] == pytest.approx(expected)
    found = morris.analyze(problem, values, outcome, seed=1)
    assert found["mu_star"][0] > found["mu_star"][1] >= 0, "severity counts for most"
