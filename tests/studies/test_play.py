from dataclasses import replace

import pytest

from simulator.studies.machine import crew_size, threads_each
from simulator.studies.play import play_all
from simulator.studies.store import Store
from simulator.studies.task import Watch, play_task, split, tasks
from tests.laws.trial import HEAT, trial
from tests.studies import fake_player
from tests.studies.fake_player import runs


def content(store):
    return {str(path.relative_to(store.runs)): path.read_bytes() for path in sorted(store.runs.rglob("*.parquet"))}


def test_arms_of_one_seed_go_together():
    assert [[run.seed for run in task] for task in tasks(runs(2))] == [[1, 1, 1], [2, 2, 2]]


def test_the_earliest_crisis_of_a_portfolio_comes_first():
    early, late = (trial(crises=(replace(HEAT, start=day),)) for day in ("2025-02-05", "2025-03-05"))
    calm = trial(crises=())
    assert tasks([calm, late, early]) == [[early, late, calm]]


def test_cores_and_memory_are_shared_out(monkeypatch):
    monkeypatch.setattr("simulator.studies.machine.cores", lambda: 8)
    monkeypatch.setattr("simulator.studies.machine.memory", lambda: 4 << 30)
    assert crew_size(None, 100, 1_000) == 8 and crew_size(None, 3, 1_000) == 3
    assert crew_size(None, 100, 1_000_000) == 1 and crew_size(5, 100, 1_000_000) == 5
    assert threads_each(None, 3) == 2 and threads_each(4, 3) == 4 and threads_each(None, 100) == 1


def test_a_long_task_is_halved_until_every_worker_has_one():
    assert [len(task) for task in split(tasks(runs(1)), 2)] == [2, 1]
    assert [len(task) for task in split(tasks(runs(1)), 8)] == [1, 1, 1]
    assert split(tasks(runs(3)), 2) == tasks(runs(3))


def test_only_what_is_missing_is_played(tmp_path):
    store, wanted, told = Store(tmp_path), runs(2), []
    assert play_all(wanted[:3], store, workers=1, player=fake_player.play_arms) == []
    assert play_all(wanted, store, workers=1, player=fake_player.play_arms, on_run=told.append) == []
    assert [run.id for run in told] == [run.id for run in wanted[3:]]
    assert play_all(wanted, store, workers=1, player=None) == []


def test_an_arm_that_fails_is_noted_and_the_others_go_on(tmp_path):
    store, wanted = Store(tmp_path), runs(2, ("garden", "mixing", "zest"))
    failures = play_all(wanted, store, workers=1, player=fake_player.play_but_mixing)
    assert [(f.seed, f.levers, f.error) for f in failures] == [(1, "mixing", "ValueError: no such public"),
                                                               (2, "mixing", "ValueError: no such public")]
    assert len(store.missing(wanted)) == 2
    assert {known["error"] for known in store.failed().values()} == {"ValueError: no such public"}
    assert play_all(wanted, store, workers=1, player=fake_player.play_arms) == []
    assert store.failed() == {}


def test_what_was_finished_before_an_interruption_stays(tmp_path):
    class Stop(Watch):
        def done(self, run):
            raise KeyboardInterrupt

    store, wanted = Store(tmp_path), runs(1)
    with pytest.raises(KeyboardInterrupt):
        play_task(wanted, tmp_path, 1, Stop(), fake_player.play_arms)
    assert [run.id for run in store.missing(wanted)] == [run.id for run in wanted[1:]]


def test_one_worker_or_two_write_the_same_bytes(tmp_path):
    one, two, told = Store(tmp_path / "one"), Store(tmp_path / "two"), []
    play_all(runs(3), one, workers=1, player=fake_player.play_arms)
    assert play_all(runs(3), two, workers=2, threads=2, player=fake_player.play_arms, on_run=told.append) == []
    assert content(one) == content(two) and len(content(one)) == 9
    assert sorted(run.id for run in told) == sorted(run.id for run in runs(3))


def test_a_process_that_dies_costs_nothing_but_time(tmp_path, monkeypatch):
    monkeypatch.setenv("FAKE_PLAYER_MARK", str(tmp_path / "mark"))
    store = Store(tmp_path / "study")
    assert play_all(runs(2), store, workers=2, threads=2, player=fake_player.die_once) == []
    assert store.missing(runs(2)) == [] and (tmp_path / "mark").exists()


@pytest.mark.slow
def test_a_seed_that_always_kills_fails_alone(tmp_path):
    store = Store(tmp_path)
    failures = play_all(runs(3, ()), store, workers=2, threads=2, player=fake_player.always_die)
    assert [(f.seed, f.error) for f in failures] == [(1, "its process died (exit code 9)")]
    assert [run.seed for run in store.missing(runs(3, ()))] == [1]
