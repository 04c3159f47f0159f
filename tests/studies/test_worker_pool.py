"""Workers started early: as many as the words want, handed out, kept only where that was asked."""

from __future__ import annotations

import pytest

from simulator.studies import worker_pool
from simulator.studies.play import play_all
from simulator.studies.store import Store
from tests.studies import fake_player


@pytest.fixture
def started(monkeypatch):
    """Counts processes instead of starting them."""
    found: list[bool] = []
    monkeypatch.setattr(worker_pool, "_waiting", [])
    monkeypatch.setattr(worker_pool, "start", lambda load=False: found.append(load) or (None, None))
    monkeypatch.setattr(worker_pool, "cores", lambda: 2)
    return found


@pytest.mark.parametrize("words, wanted", [
    ([], 2), (["executor.workers=2"], 2), (["workers=1"], 0), (["executor.workers=64"], 2), (["workers=x"], 0),
    (["executor=dask"], 0), (["executor.kind=dask"], 0), (["workers=" + "9" * 400], 0), (["workers="], 0)])
def test_as_many_as_the_words_want(started, words, wanted):
    worker_pool.begin(words)
    assert len(started) == wanted and all(started)


def test_a_worker_is_kept_for_the_next_runs_and_let_go_after(tmp_path):
    runs = fake_player.runs(4, ())
    with worker_pool.kept():
        play_all(runs[:2], Store(tmp_path), workers=2, player=fake_player.play_arms)
        first = {process.pid for process, _ in worker_pool._waiting}
        play_all(runs[2:], Store(tmp_path), workers=2, player=fake_player.play_arms)
        again = {process.pid for process, _ in worker_pool._waiting}
        processes = [process for process, _ in worker_pool._waiting]
    assert first == again and len(first) == 2
    assert not worker_pool._waiting
    for process in processes:
        process.join(10)
        assert process.exitcode == 0
