"""A Dask cluster writes the same bytes as one process, also when one of its workers is killed."""

from __future__ import annotations

import os

import pytest

from simulator.studies.dask_executor import _connect_cluster
from simulator.studies.executor_settings import ExecutorSettings
from simulator.studies.missing_runs import play_missing
from simulator.studies.store import Store
from simulator.studies.task import ProgressListener
from tests.studies import fake_player
from tests.studies.fake_player import runs
from tests.studies.test_missing_runs import content

pytest.importorskip("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


class DoneRuns(ProgressListener):
    """Ids of runs that are done."""

    def __init__(self):
        self.ids = []

    def done(self, run):
        self.ids.append(run.id)


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """What one process writes."""
    store = Store(tmp_path_factory.mktemp("expected"))
    play_missing(runs(3), store, ExecutorSettings(workers=1), ProgressListener(), fake_player.play_arms)
    return content(store)


@pytest.fixture
def address():
    """The address of a running cluster of two workers."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_on_this_machine_survives_the_death_of_a_worker(tmp_path, expected, monkeypatch):
    monkeypatch.setenv("FAKE_PLAYER_MARK", str(tmp_path / "mark"))
    store, listener = Store(tmp_path / "study"), DoneRuns()
    assert play_missing(runs(3), store, ExecutorSettings("dask", workers=2), listener, fake_player.die_once) == []
    assert (tmp_path / "mark").exists()
    assert content(store) == expected and sorted(listener.ids) == sorted(run.id for run in runs(3))


def test_a_cluster_on_this_machine_serves_no_pages(tmp_path):
    with _connect_cluster(ExecutorSettings("dask", workers=2), 4, runs(1)[0]) as (client, _):
        client.wait_for_workers(2)

        def count_open(dask_scheduler=None, dask_worker=None):
            sockets = (dask_scheduler or dask_worker).http_server._sockets.values()
            return sum(one.fileno() >= 0 for one in sockets)

        assert client.run_on_scheduler(count_open) == 0
        assert set(client.run(count_open).values()) == {0}


def test_a_cluster_by_its_address_without_a_shared_disk(tmp_path, expected, address):
    store = Store(tmp_path)
    executor = ExecutorSettings("dask", address=address, shared=False)
    assert play_missing(runs(3), store, executor, ProgressListener(), fake_player.play_arms) == []
    assert content(store) == expected
    assert len(os.listdir(tmp_path / "log")) >= 1
    failures = play_missing(runs(4), store, executor, ProgressListener(), fake_player.play_but_mixing)
    assert [failure.error for failure in failures] == ["ValueError: no such public"]
    assert next(iter(store.read_failures().values()))["trace"]
