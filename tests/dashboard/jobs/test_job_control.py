import os
import signal
import subprocess
import sys
import time
from pathlib import Path

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


WAIT = [sys.executable, "-c", "import time; time.sleep(60)"]


def make_folders(tmp_path, session, count):
    folders = [tmp_path / session / str(k) for k in range(count)]
    for one in folders:
        (one / "runs").mkdir(parents=True)
    return folders


def states(folders):
    return [job_control.read_job_progress(one, []).state for one in folders]


def wait_for_states(folders, wanted):
    for _ in range(400):
        if states(folders) == wanted:
            return
        time.sleep(0.05)
    assert states(folders) == wanted


def test_further_jobs_wait_for_their_turn(folder, tmp_path):
    many = make_folders(tmp_path, "a", job_control.MAX_JOBS + 2)
    for one in many:
        assert job_control.start_job(one, WAIT, [])
    assert states(many) == ["running"] * job_control.MAX_JOBS + ["queued"] * 2
    assert [job_control.read_job_progress(one, []).ahead for one in many[-2:]] == [3, 4]
    assert not job_control.start_job(many[-1], WAIT, []), "it waits already"
    job_control.stop_job(many[0])
    wait_for_states(many, ["stopped", "running", "running", "running", "queued"])


def test_the_queue_is_fair_between_sessions(folder, tmp_path):
    greedy, other = make_folders(tmp_path, "greedy", job_control.MAX_JOBS + 3), make_folders(tmp_path, "other", 1)
    for one in [*greedy, *other]:
        assert job_control.start_job(one, WAIT, [])
    assert job_control.read_job_progress(other[0], []).ahead == job_control.MAX_JOBS
    job_control.stop_job(greedy[0])
    wait_for_states(other, ["running"])
    assert states(greedy)[-3:] == ["queued"] * 3


def test_a_job_that_waits_can_be_stopped_and_asked_for_again(folder, tmp_path):
    many = make_folders(tmp_path, "a", job_control.MAX_JOBS + 1)
    for one in many:
        job_control.start_job(one, WAIT, [])
    job_control.stop_job(many[-1])
    assert states(many)[-1] == "stopped"
    job_control.stop_job(many[0])
    assert states(many)[-1] == "stopped"
    assert job_control.start_job(many[-1], WAIT, [])
    assert states(many)[-1] == "running"


def test_a_folder_that_cannot_be_written_is_an_error_and_no_job(tmp_path):
    with pytest.raises(OSError):
        job_control.start_job(tmp_path / "nowhere", WAIT, [])
    assert job_control.read_job_progress(tmp_path / "nowhere", RUNS).state == "idle"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL")
def test_a_killed_server_leaves_no_job_behind(tmp_path):
    (tmp_path / "runs").mkdir()
    mark = tmp_path / "pid"
    job = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(120)"
    server = ("import sys, time; from pathlib import Path; from simulator.dashboard.jobs import job_control; "
              f"job_control.start_job(Path({str(tmp_path)!r}), [sys.executable, '-c', {job!r}], []); time.sleep(120)")
    process = subprocess.Popen([sys.executable, "-c", server],
                               env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)})
    for _ in range(600):
        if mark.exists() and mark.read_text():
            break
        time.sleep(0.05)
    number = int(mark.read_text())
    process.kill()
    process.wait()
    for _ in range(300):
        if not is_alive(number):
            return
        time.sleep(0.05)
    os.kill(number, signal.SIGKILL)
    raise AssertionError("the job goes on")


def is_alive(number):
    """Whether a process runs; one that has ended and was not waited for does not count."""
    try:
        os.kill(number, 0)
        return " Z " not in Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False
