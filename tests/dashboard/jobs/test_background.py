"""Processes that each write one file for the page."""

import sys
import time

from simulator.dashboard.jobs import background


def sent(file, code, log=None):
    background.send(file, [sys.executable, "-S", "-c", code], log)


def back(file):
    ends = time.monotonic() + 20
    while background.away(file):
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_an_errand_comes_back_with_its_file_its_words_and_how_it_ended(tmp_path):
    file, log = tmp_path / "new" / "file.txt", tmp_path / "new" / "file.log"
    assert not background.was_sent(file) and background.how_ended(file) is None
    sent(file, f"print('said'); open({str(file)!r}, 'w').write('whole'); raise SystemExit(3)", log)
    back(file)
    assert background.was_sent(file) and background.how_ended(file) == 3
    assert file.read_text() == "whole" and log.read_text().strip() == "said"


def test_those_away_are_counted_by_folder_until_they_are_stopped(tmp_path):
    wait = "import time; time.sleep(60)"
    for name in ("a/.slow/1", "b/.slow/2", "b/.other/3"):
        sent(tmp_path / name, wait)
    assert background.count(".slow") == 2 and background.count(".other") == 1
    background.stop()
    assert background.count(".slow") == 0 and not background.was_sent(tmp_path / "a/.slow/1")
