"""Background tasks: processes that each write one file for the page."""

import sys
import time

from simulator.dashboard.jobs import background_tasks


def start(file, code, log=None):
    background_tasks.start_task(file, [sys.executable, "-S", "-c", code], log)


def wait_for_end(file):
    ends = time.monotonic() + 20
    while background_tasks.is_task_running(file):
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_task_writes_its_file_its_log_and_its_exit_code(tmp_path):
    file, log = tmp_path / "new" / "file.txt", tmp_path / "new" / "file.log"
    assert not background_tasks.was_task_started(file) and background_tasks.get_task_exit_code(file) is None
    start(file, f"print('said'); open({str(file)!r}, 'w').write('whole'); raise SystemExit(3)", log)
    wait_for_end(file)
    assert background_tasks.was_task_started(file) and background_tasks.get_task_exit_code(file) == 3
    assert file.read_text() == "whole" and log.read_text().strip() == "said"


def test_running_tasks_are_counted_by_folder_until_they_are_stopped(tmp_path):
    wait = "import time; time.sleep(60)"
    for name in ("a/.slow/1", "b/.slow/2", "b/.other/3"):
        start(tmp_path / name, wait)
    assert background_tasks.count_running_tasks(".slow") == 2 and background_tasks.count_running_tasks(".other") == 1
    background_tasks.stop_tasks()
    assert background_tasks.count_running_tasks(".slow") == 0
    assert not background_tasks.was_task_started(tmp_path / "a/.slow/1")
