"""Compilation ahead of runs: the small run calls the same kernels as the large one."""

from __future__ import annotations

import pickle
from pathlib import Path
from types import SimpleNamespace

import pytest

from simulator.engine import calendar, precompile
from simulator.engine.loop import Engine
from simulator.engine.precompile import SMALL_RUN_DAYS, shrink_run
from simulator.world.snapshot import save_world
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


@pytest.mark.parametrize("crises", [True, False])
def test_the_other_process_plays_every_phase_once(tmp_path: Path, monkeypatch, crises: bool) -> None:
    """Those of a crisis first, then the others from the last on: the waiting process plays them from the first on."""
    engine, played = Engine(shrink_run(village(crises=crises))), []
    save_world(engine.world, tmp_path / precompile.WORLD_FILE)
    (tmp_path / precompile.SCENARIO_FILE).write_bytes(pickle.dumps(engine.run.scenario))
    play = precompile.play_phases

    def note(world, context, names) -> None:
        played.extend((name, bool(context.hazards)) for name in names)
        play(world, context, names)

    monkeypatch.setattr(precompile, "play_phases", note)
    monkeypatch.setattr(precompile, "set_num_threads", lambda n: None)
    monkeypatch.setattr(precompile, "raise_gc_threshold", lambda: None)
    precompile.compile_other_phases(str(tmp_path))
    assert sorted(name for name, _ in played) == sorted(precompile.PHASES)
    assert any(in_crisis for _, in_crisis in played) == crises
    assert played[0][0] == ("strike" if crises else "prune_ties") and played[-1][0] == "hear"


def test_progress_counts_loops_up_to_the_estimate(monkeypatch) -> None:
    cached, told = iter([2, 3, 9]), []
    monkeypatch.setattr(precompile, "KERNELS", [SimpleNamespace(is_cached=lambda: False)] * 10)
    with precompile.report_compiled_loops(lambda done, loops: told.append((done, loops))):
        for known in cached:
            kernels = [SimpleNamespace(is_cached=lambda k=k, n=known: k < n) for k in range(10)]
            monkeypatch.setattr(precompile, "KERNELS", kernels)
            precompile.compilation_listeners[-1]()
    assert told == [(2, 8), (3, 8), (8, 8)] and not precompile.compilation_listeners
