"""Studies that lose a worker, their parent process or their disk, or share a folder, end with the same files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import simulator
from simulator.app.cli.main import main
from tests.app import short_study

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")]
RUNS = 12
ALONE = ("executor.workers=1",)
"""Plays in the process of the tests, where everything is compiled and loaded."""


@pytest.fixture(scope="module")
def card(tmp_path_factory) -> Path:
    return short_study.write(tmp_path_factory.mktemp("cards") / "trial.yaml")


def words(card: Path, folder: Path, *more: str) -> list[str]:
    return ["study", f"name={card}", f"results={folder}", "lang=en", "workers=2", "threads=1", *more]


def start(card: Path, folder: Path, *more: str) -> subprocess.Popen:
    """Start a study in a process that receives Ctrl-C, also if the tests run in the background and ignore it."""
    env = {**os.environ, "NUMBA_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen([sys.executable, "-m", "simulator", *words(card, folder, *more)], env=env, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))


def files(folder: Path) -> dict[str, bytes]:
    """Bytes of every run, and of the plan."""
    return {str(file.relative_to(folder)): file.read_bytes()
            for part in ("runs", "plans") for file in sorted((folder / part).iterdir())}


@pytest.fixture(scope="module")
def undisturbed(card, tmp_path_factory) -> Path:
    """Folder of a study that nothing interrupts, in one process."""
    folder = tmp_path_factory.mktemp("expected") / "out"
    assert main([*words(card, folder), *ALONE]) == 0
    return folder


@pytest.fixture(scope="module")
def expected(undisturbed) -> dict[str, bytes]:
    """Runs and plan of that study."""
    found = files(undisturbed)
    assert len(found) == RUNS + 1
    return found


def wait_until(condition, seconds: float = 90.0) -> None:
    """Wait until a condition holds. AssertionError after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def count_stored_runs(folder: Path) -> int:
    return len([one for one in folder.glob("runs/*.parquet") if not one.name.startswith(".")])


def children(pid: int) -> list[int]:
    """Ids of the worker processes of a process."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(one) for one in found if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    except OSError:
        return []


def kill_after(wanted: int, card: Path, folder: Path) -> None:
    """Kill a study once so many runs are stored; its workers end soon after."""
    process = start(card, folder)
    wait_until(lambda: count_stored_runs(folder) >= wanted or process.poll() is not None)
    workers = children(process.pid)
    process.kill()
    process.communicate()
    wait_until(lambda: not any(Path(f"/proc/{one}").exists() for one in workers), 20)


def test_the_parent_is_killed_again_and_again(card, expected, tmp_path):
    folder = tmp_path / "out"
    for wanted in (1, 7):
        kill_after(wanted, card, folder)
        assert simulator.open(folder).count()["done"] >= wanted
    assert main([*words(card, folder), *ALONE]) == 0
    assert files(folder) == expected


def test_a_worker_is_killed_in_mid_run(card, expected, tmp_path):
    folder = tmp_path / "out"
    process = start(card, folder)
    wait_until(lambda: count_stored_runs(folder) >= 1)
    for one in children(process.pid)[:1]:
        os.kill(one, signal.SIGKILL)
    _, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    assert files(folder) == expected and "12 done, 0 failed" in error


def test_two_processes_on_one_folder(card, undisturbed, expected, tmp_path):
    folder = tmp_path / "out"
    both = [start(card, folder, "executor.workers=1") for _ in range(2)]
    errors = [process.communicate(timeout=180)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert files(folder) == expected
    assert sorted(os.listdir(folder)) == sorted(os.listdir(undisturbed)), "a lock or a half-written file stayed"


def test_ctrl_c_stops_at_once_and_says_how_to_go_on(card, expected, tmp_path):
    for attempt in range(8):  # a study this small may end before the signal comes: then once more
        folder = tmp_path / f"out{attempt}"
        process = start(card, folder)
        wait_until(lambda folder=folder: count_stored_runs(folder) >= 1)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=30)
        if process.returncode:
            break
    assert process.returncode == 130 and f"results={folder}" in error.splitlines()[-1]
    assert "Traceback" not in error
    assert main([*words(card, folder), *ALONE]) == 0
    assert files(folder) == expected


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 500 KB; skipped where none may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=500k", "tmpfs", str(disk)], capture_output=True,
                          check=False) if os.geteuid() == 0 else None
    if done is None or done.returncode:
        pytest.skip("may not mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_loses_nothing(card, expected, small_disk, tmp_path):
    folder = small_disk / "out"
    process = start(card, folder)
    _, error = process.communicate(timeout=120)
    assert process.returncode == 1 and "No space left" in error and "Traceback" not in error, error
    stored = {file.name: file.read_bytes() for file in folder.glob("runs/*.parquet")}
    assert 0 < len(stored) < RUNS and all(expected[f"runs/{name}"] == content for name, content in stored.items())
    assert not list(folder.rglob(".*.tmp"))
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    assert main([*words(card, folder), *ALONE]) == 0
    assert files(folder) == expected


def test_stored_runs_are_verified_and_compacted(card, tmp_path, capsys):
    folder = tmp_path / "out"
    assert main(words(card, folder, "seeds=1", *ALONE)) == 0
    assert main(["verify", str(folder), "sample=2", "lang=en"]) == 0
    assert "2 of 6 runs played again: 2 the same bytes" in capsys.readouterr().out
    assert main(["compact", str(folder)]) == 0 and count_stored_runs(folder) == 0
    assert main(["verify", str(folder), "sample=1", "lang=en"]) == 0
    assert main(words(card, folder, "seeds=1", *ALONE)) == 0
    assert "0 to play" in capsys.readouterr().err
    assert simulator.open(folder).count() == {"done": 6, "failed": 0, "missing": 0}
