import sys
import time

import pytest

from simulator.dashboard.jobs import jobs

RUNS = ["a", "b"]
PLAY = "import sys; from pathlib import Path; [Path(sys.argv[1], f'runs/{n}.parquet').touch() for n in sys.argv[2:]]"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "runs").mkdir()
    yield tmp_path
    jobs.stop_all()


def ended(folder):
    for _ in range(600):
        found = jobs.progress(folder, RUNS)
        if found.state != "running":
            return found
        time.sleep(0.05)
    raise AssertionError("still running")


def test_progress_is_read_from_the_folder(folder):
    assert jobs.progress(folder, RUNS).state == "idle"
    assert jobs.start(folder, [sys.executable, "-c", PLAY, str(folder), "a", "b"], RUNS)
    found = ended(folder)
    assert (found.state, found.done, found.all) == ("done", 2, 2)


def test_a_job_is_cancelled_and_goes_on(folder):
    wait = [sys.executable, "-c", f"{PLAY}; import time; time.sleep(60)", str(folder), "a"]
    assert jobs.start(folder, wait, RUNS)
    assert not jobs.start(folder, wait, RUNS)
    while jobs.progress(folder, RUNS).done < 1:
        time.sleep(0.05)
    jobs.stop(folder)
    found = jobs.progress(folder, RUNS)
    assert (found.state, found.done) == ("stopped", 1)
    assert jobs.start(folder, [sys.executable, "-c", PLAY, str(folder), "b"], RUNS)
    assert ended(folder).done == 2


def test_what_a_job_said_last_is_told(folder):
    say = "import sys; print('resilience: no such thing', file=sys.stderr); raise SystemExit(2)"
    assert jobs.start(folder, [sys.executable, "-c", say], RUNS)
    found = ended(folder)
    assert (found.state, found.said) == ("failed", "no such thing")


def test_only_so_many_at_a_time(folder, tmp_path):
    wait = [sys.executable, "-c", "import time; time.sleep(60)"]
    others = [tmp_path / str(k) for k in range(jobs.TOGETHER)]
    for one in others:
        one.mkdir()
        assert jobs.start(one, wait, [])
    assert not jobs.start(folder, wait, RUNS)
