"""Compiling ahead: a small run meets what the large one will."""

from __future__ import annotations

from simulator.engine import calendar
from simulator.engine.precompile import DAYS, small
from tests.agents.village import village


def test_the_small_run_keeps_model_levers_and_crises() -> None:
    run = village()
    quick = small(run)
    assert quick.model is run.model and len(quick.levers) == len(run.levers)
    assert [c.id for c in quick.scenario.crises] == [c.id for c in run.scenario.crises]
    assert all(c.days <= DAYS for c in quick.scenario.crises) and quick.scenario.territory.residents == 500


def test_it_plays_weeks_and_days_and_is_short() -> None:
    steps = calendar.steps(small(village()))
    assert {span for _, span in steps} == {1, 7} and len(steps) < 60
