"""Compilation ahead of runs: the small run calls the same kernels as the large one."""

from __future__ import annotations

from simulator.engine import calendar
from simulator.engine.precompile import SMALL_RUN_DAYS, shrink_run
from tests.agents.village import village


def test_the_small_run_keeps_model_levers_and_crises() -> None:
    run = village()
    quick = shrink_run(run)
    assert quick.model is run.model and len(quick.levers) == len(run.levers)
    assert [c.id for c in quick.scenario.crises] == [c.id for c in run.scenario.crises]
    assert all(c.days <= SMALL_RUN_DAYS for c in quick.scenario.crises) and quick.scenario.territory.residents == 500


def test_it_has_weekly_and_daily_steps_and_is_short() -> None:
    steps = calendar.list_steps(shrink_run(village()))
    assert {span for _, span in steps} == {1, 7} and len(steps) < 60
