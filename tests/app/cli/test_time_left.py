"""The time left: within a factor of two once a tenth is played, though a seed's first run holds its burn-in."""

from __future__ import annotations

import heapq

import pytest

from simulator.app.cli import time_left
from simulator.app.cli.progress import ProgressBar
from simulator.app.cli.time_left import MIN_SHARE, TimeLeft, format_duration
from simulator.studies.task import group_runs_into_tasks
from simulator.studies.work_estimate import estimate_batch_seconds, estimate_run_seconds, read_pace, remember_pace
from tests.properties.trial_run import quick, trial

LEVERS = ("outreach", "fans", "coordinator")


class Clock:
    """A clock that stands where it is put."""

    now = 0.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    stopped = Clock()
    monkeypatch.setattr(time_left, "time", stopped)
    return stopped


def list_finish_times(runs, workers, seconds_per_unit):
    """(time, run) as workers that take whole tasks would finish them. Returns them in order, and the end."""
    work, free, ends = estimate_run_seconds(runs), [0.0] * workers, []
    for task in group_runs_into_tasks(runs):
        now = heapq.heappop(free)
        for run in task:
            now += seconds_per_unit * work[run.id]
            ends.append((now, run))
        heapq.heappush(free, now)
    return sorted(ends, key=lambda pair: pair[0]), max(free)


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("pace", [0.2, 1.0, 9.0])
@pytest.mark.parametrize("seeds", [4, 20])
def test_the_time_left_is_within_a_factor_of_two_from_a_tenth_on(clock, workers, pace, seeds):
    runs = [trial(*levers, seed=seed) for seed in range(1, seeds + 1)
            for levers in ((), *((quick(name),) for name in LEVERS))]
    finished, end = list_finish_times(runs, workers, pace)
    left, told = TimeLeft(estimate_run_seconds(runs)), 0
    left.begin(workers)
    for now, run in finished:
        clock.now = now
        left.finish(run.id)
        guess = left.estimate()
        assert (guess is None) == (left.share < MIN_SHARE or left.share >= 1.0)
        if guess is not None and end - now > 0.1 * end:
            told += 1
            assert 0.5 <= guess / (end - now) <= 2.0
    assert told >= len(runs) // 2 and left.share == 1.0


def test_preparation_does_not_count(clock):
    left = TimeLeft({"a": 1.0, "b": 1.0})
    clock.now = 100.0
    left.begin()
    clock.now = 110.0
    left.begin()
    left.finish("a")
    left.finish("a")
    left.finish("unknown")
    assert left.estimate() == pytest.approx(10.0) and left.describe("en") == ", about 10 s"


def test_the_first_run_of_a_seed_has_its_burn_in_and_the_work_is_that_of_all_steps():
    runs = [trial(*levers, seed=1) for levers in ((), (quick("outreach"),))]
    work = estimate_run_seconds(runs)
    alone = estimate_run_seconds(runs[:1])
    assert work[runs[0].id] == alone[runs[0].id] >= work[runs[1].id] > 0
    assert estimate_batch_seconds([]) == 0.0
    assert estimate_batch_seconds(runs, 1) > estimate_batch_seconds(runs[:1], 1)


def test_the_pace_of_this_machine_is_remembered_within_reason(monkeypatch, tmp_path):
    monkeypatch.setenv("RESILIENCE_CACHE", str(tmp_path))
    assert read_pace() == 1.0
    remember_pace(30.0, 10.0)
    assert read_pace() == 3.0
    remember_pace(1e9, 1.0)
    assert read_pace() == 3.0
    (tmp_path / "resilience-simulator" / "pace.json").write_text("{", encoding="utf-8")
    assert read_pace() == 1.0


def test_without_a_terminal_a_line_comes_once_a_tenth_is_played_and_then_once_a_minute(clock, capsys, monkeypatch):
    monkeypatch.setattr("simulator.app.cli.progress.time", clock)
    with ProgressBar(20, "en", "run") as progress:
        progress.clock = TimeLeft({str(k): 1.0 for k in range(20)})
        for k in range(20):
            clock.now += 25.0
            progress.clock.finish(str(k))
            progress.advance()
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "runs: 2 of 20, about 8 min" and 5 <= len(lines) <= 8


def test_steps_of_one_run_are_told_too(clock, capsys, monkeypatch):
    monkeypatch.setattr("simulator.app.cli.progress.time", clock)
    with ProgressBar(1, "en", "step") as progress:
        for done in range(1, 11):
            progress.set_progress(done, 10)
            clock.now += 9.0
    assert capsys.readouterr().err.splitlines()[0] == "1 of 10 steps, about 0 s"


@pytest.mark.parametrize(("seconds", "text"), [(40, "40 s"), (720, "12 min"), (12_000, "3 h 20")])
def test_a_length_of_time_is_in_its_largest_unit(seconds, text):
    assert format_duration(seconds) == text
