import sys
import time

import pytest

from simulator.dashboard.jobs import job_control

RUNS = ["a", "b"]
WRITE_RUNS = ("import sys; from pathlib import Path; "
              "[Path(sys.argv[1], f'runs/{n}.parquet').touch() for n in sys.argv[2:]]")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "runs").mkdir()
    yield tmp_path
    job_control.stop_all_jobs()


def wait_for_end(folder):
    """Progress of the job once it has ended."""
    for _ in range(600):
        found = job_control.read_job_progress(folder, RUNS)
        if found.state != "running":
            return found
        time.sleep(0.05)
    raise AssertionError("still running")


def test_progress_is_read_from_the_folder(folder):
    assert job_control.read_job_progress(folder, RUNS).state == "idle"
    assert job_control.start_job(folder, [sys.executable, "-c", WRITE_RUNS, str(folder), "a", "b"], RUNS)
    found = wait_for_end(folder)
    assert (found.state, found.done, found.total) == ("done", 2, 2)


def test_a_job_is_stopped_and_continued(folder):
    wait = [sys.executable, "-c", f"{WRITE_RUNS}; import time; time.sleep(60)", str(folder), "a"]
    assert job_control.start_job(folder, wait, RUNS)
    assert not job_control.start_job(folder, wait, RUNS)
    while job_control.read_job_progress(folder, RUNS).done < 1:
        time.sleep(0.05)
    job_control.stop_job(folder)
    found = job_control.read_job_progress(folder, RUNS)
    assert (found.state, found.done) == ("stopped", 1)
    assert job_control.start_job(folder, [sys.executable, "-c", WRITE_RUNS, str(folder), "b"], RUNS)
    assert wait_for_end(folder).done == 2


def test_the_last_line_of_a_failed_job_is_read(folder):
    say = "import sys; print('resilience: no such thing', file=sys.stderr); raise SystemExit(2)"
    assert job_control.start_job(folder, [sys.executable, "-c", say], RUNS)
    found = wait_for_end(folder)
    assert (found.state, found.last_line) == ("failed", "no such thing")


def test_only_so_many_at_a_time(folder, tmp_path):
    wait = [sys.executable, "-c", "import time; time.sleep(60)"]
    others = [tmp_path / str(k) for k in range(job_control.MAX_JOBS)]
    for one in others:
        one.mkdir()
        assert job_control.start_job(one, wait, [])
    assert not job_control.start_job(folder, wait, RUNS)
