"""Missing runs are played once each, in any number of processes, and failures stay apart."""

from dataclasses import replace

import pytest

from simulator.studies.machine import choose_threads_per_worker, choose_worker_count
from simulator.studies.missing_runs import play_missing_locally
from simulator.studies.store import Store
from simulator.studies.task import ProgressListener, group_runs_into_tasks, play_task, split_longest_tasks
from tests.properties.trial_run import HEAT, trial
from tests.studies import fake_player
from tests.studies.fake_player import runs


def content(store):
    return {str(path.relative_to(store.runs)): path.read_bytes() for path in sorted(store.runs.rglob("*.parquet"))}


def test_arms_of_one_seed_form_a_task():
    assert [[run.seed for run in task] for task in group_runs_into_tasks(runs(2))] == [[1, 1, 1], [2, 2, 2]]


def test_the_earliest_crisis_of_a_portfolio_comes_first():
    early, late = (trial(crises=(replace(HEAT, start=day),)) for day in ("2025-02-05", "2025-03-05"))
    calm = trial(crises=())
    assert group_runs_into_tasks([calm, late, early]) == [[early, late, calm]]


@pytest.mark.parametrize("change", [{"ablate": ("ties",)}, {"ablate": ("ties",), "ablate_from": "onset"},
                                    {"observe": ("people",)}])
def test_runs_whose_past_differs_are_no_one_task(change):
    run = runs(1)[0]
    assert [len(task) for task in group_runs_into_tasks([run, replace(run, **change)])] == [1, 1]


def test_workers_and_threads_follow_cores_and_memory(monkeypatch):
    monkeypatch.setattr("simulator.studies.machine.count_cores", lambda: 8)
    monkeypatch.setattr("simulator.studies.machine.measure_free_memory", lambda: 4 << 30)
    assert choose_worker_count(None, 100, 1_000) == 8 and choose_worker_count(None, 3, 1_000) == 3
    assert choose_worker_count(None, 100, 1_000_000) == 1 and choose_worker_count(5, 100, 1_000_000) == 5
    assert choose_threads_per_worker(None, 3) == 2 and choose_threads_per_worker(4, 3) == 4
    assert choose_threads_per_worker(None, 100) == 1


def test_a_long_task_is_halved_until_every_worker_has_one():
    assert [len(task) for task in split_longest_tasks(group_runs_into_tasks(runs(1)), 2)] == [2, 1]
    assert [len(task) for task in split_longest_tasks(group_runs_into_tasks(runs(1)), 8)] == [1, 1, 1]
    assert split_longest_tasks(group_runs_into_tasks(runs(3)), 2) == group_runs_into_tasks(runs(3))


def test_only_missing_runs_are_played(tmp_path):
    store, wanted, done = Store(tmp_path), runs(2), []
    assert play_missing_locally(wanted[:3], store, workers=1, player=fake_player.play_arms) == []
    assert play_missing_locally(wanted, store, workers=1, player=fake_player.play_arms, on_run=done.append) == []
    assert [run.id for run in done] == [run.id for run in wanted[3:]]
    assert play_missing_locally(wanted, store, workers=1, player=None) == []


def test_an_arm_that_fails_is_noted_and_the_others_go_on(tmp_path):
    store, wanted = Store(tmp_path), runs(2, ("garden", "mixing", "zest"))
    failures = play_missing_locally(wanted, store, workers=1, player=fake_player.play_but_mixing)
    assert [(f.seed, f.levers, f.error) for f in failures] == [(1, "mixing", "ValueError: no such public"),
                                                               (2, "mixing", "ValueError: no such public")]
    assert len(store.list_missing_runs(wanted)) == 2
    assert {known["error"] for known in store.read_failures().values()} == {"ValueError: no such public"}
    assert play_missing_locally(wanted, store, workers=1, player=fake_player.play_arms) == []
    assert store.read_failures() == {}


def test_runs_finished_before_an_interruption_stay(tmp_path):
    class Stop(ProgressListener):
        def done(self, run):
            raise KeyboardInterrupt

    store, wanted = Store(tmp_path), runs(1)
    with pytest.raises(KeyboardInterrupt):
        play_task(wanted, tmp_path, 1, Stop(), fake_player.play_arms)
    assert [run.id for run in store.list_missing_runs(wanted)] == [run.id for run in wanted[1:]]


def test_one_worker_or_two_write_the_same_bytes(tmp_path):
    one, two, done = Store(tmp_path / "one"), Store(tmp_path / "two"), []
    play_missing_locally(runs(3), one, workers=1, player=fake_player.play_arms)
    assert play_missing_locally(runs(3), two, workers=2, threads=2, player=fake_player.play_arms,
                                on_run=done.append) == []
    assert content(one) == content(two) and len(content(one)) == 9
    assert sorted(run.id for run in done) == sorted(run.id for run in runs(3))


def test_runs_of_a_process_that_dies_are_played_again(tmp_path, monkeypatch):
    monkeypatch.setenv("FAKE_PLAYER_MARK", str(tmp_path / "mark"))
    store = Store(tmp_path / "study")
    assert play_missing_locally(runs(2), store, workers=2, threads=2, player=fake_player.die_once) == []
    assert store.list_missing_runs(runs(2)) == [] and (tmp_path / "mark").exists()


@pytest.mark.slow
def test_a_seed_that_always_kills_fails_alone(tmp_path):
    store = Store(tmp_path)
    failures = play_missing_locally(runs(3, ()), store, workers=2, threads=2, player=fake_player.always_die)
    assert [(f.seed, f.error) for f in failures] == [(1, "its process died (exit code 9)")]
    assert [run.seed for run in store.list_missing_runs(runs(3, ()))] == [1]
