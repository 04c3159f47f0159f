"""Commands with the simulation taken out: `idle` replaces whatever would play, and remembers what it was asked."""

from __future__ import annotations

import pytest

from simulator.app import compare, play
from simulator.app.main import main


@pytest.fixture
def idle(monkeypatch, tmp_path):
    """A current folder of its own, and jobs that are settled but not played: list of (job, folder)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)
    asked = []

    def play_nothing(job, folder, *rest):
        asked.append((job, folder))
        return 0

    monkeypatch.setattr(play, "play_and_tell", play_nothing)
    monkeypatch.setattr(compare, "play_and_tell", play_nothing)
    return asked


@pytest.fixture
def refused(idle, capsys, tmp_path):
    """main(argv) is refused with exit code 2, one line and nothing written; returns the line."""

    def check(*argv):
        before = sorted(tmp_path.rglob("*"))
        assert main(list(argv)) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith("resilience: ") and told.err.count("\n") == 1, told.err
        assert sorted(tmp_path.rglob("*")) == before
        assert not idle
        return told.err

    return check
