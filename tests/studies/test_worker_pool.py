"""Workers are started as the command line asks, handed out, and kept only inside keep_workers."""

from __future__ import annotations

import pytest

from simulator.studies import worker_pool
from simulator.studies.missing_runs import play_missing_locally
from simulator.studies.store import Store
from tests.studies import fake_player


@pytest.fixture
def started(monkeypatch):
    """Counts processes instead of starting them."""
    found: list[bool] = []
    monkeypatch.setattr(worker_pool, "_idle_workers", [])
    monkeypatch.setattr(worker_pool, "start_worker", lambda load=False: found.append(load) or (None, None))
    monkeypatch.setattr(worker_pool, "count_cores", lambda: 2)
    return found


@pytest.mark.parametrize("words, wanted", [
    ([], 2), (["executor.workers=2"], 2), (["workers=1"], 0), (["executor.workers=64"], 2), (["workers=x"], 0),
    (["executor=dask"], 0), (["executor.kind=dask"], 0), (["workers=" + "9" * 400], 0), (["workers="], 0)])
def test_the_number_of_workers_follows_the_command_line(started, words, wanted):
    worker_pool.prestart_workers(words)
    assert len(started) == wanted and all(started)


def test_a_worker_is_kept_for_the_next_runs_and_let_go_after(tmp_path):
    runs = fake_player.runs(4, ())
    with worker_pool.keep_workers():
        play_missing_locally(runs[:2], Store(tmp_path), workers=2, player=fake_player.play_arms)
        first = {process.pid for process, _ in worker_pool._idle_workers}
        play_missing_locally(runs[2:], Store(tmp_path), workers=2, player=fake_player.play_arms)
        again = {process.pid for process, _ in worker_pool._idle_workers}
        processes = [process for process, _ in worker_pool._idle_workers]
    assert first == again and len(first) == 2
    assert not worker_pool._idle_workers
    for process in processes:
        process.join(10)
        assert process.exitcode == 0
