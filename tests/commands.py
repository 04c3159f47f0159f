"""Fixtures for tests of commands without simulation: `idle` replaces what would simulate."""

from __future__ import annotations

import re

import pytest

from simulator.app.cli.main import main
from simulator.app.commands import run
from simulator.app.commands.compare import command


@pytest.fixture
def idle(monkeypatch, tmp_path):
    """Jobs are resolved but not simulated, in a current folder of their own: list of (job, folder)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RESILIENCE_TRACE", raising=False)
    jobs = []

    def play_nothing(job, folder, *rest):
        jobs.append((job, folder))
        return 0

    monkeypatch.setattr(run, "simulate_run_job", play_nothing)
    monkeypatch.setattr(command, "simulate_comparison", play_nothing)
    return jobs


UNTRANSLATED = re.compile(r"\([^()]*\)|'[^']*'|\bto = |/\S+|: (the node content|',' or ).*|Interpolation.*")
"""Text that the project does not translate: names, sources and messages of libraries."""
ENGLISH = re.compile(r"\b(expected|found|the|is|are|of|to|and|with|such as|correct|choose|write|remove|leave)\b")


@pytest.fixture
def refused(idle, capsys, monkeypatch, tmp_path):
    """Check that main(argv) refuses: exit code 2, one line, nothing written; returns the line in English.

    The French line must have no English words.
    """

    def line(*argv):
        before = sorted(tmp_path.rglob("*"))
        assert main(list(argv)) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert output.err.startswith("resilience: ") and output.err.count("\n") == 1, output.err
        assert sorted(tmp_path.rglob("*")) == before
        assert not idle
        return output.err

    def check(*argv):
        monkeypatch.setenv("RESILIENCE_LANG", "en")
        english = line(*argv)
        if not any(word.startswith("lang=") for word in argv):
            french = line(*argv, "lang=fr")
            assert not ENGLISH.search(UNTRANSLATED.sub("", french)), french
        return english

    return check
