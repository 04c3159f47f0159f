"""Fixtures for tests of commands, with the simulation taken out: `idle` replaces whatever would play."""

from __future__ import annotations

import re

import pytest

from simulator.app.cli.main import main
from simulator.app.commands import play
from simulator.app.commands.compare import command


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
    monkeypatch.setattr(command, "play_and_tell", play_nothing)
    return asked


OTHERS = re.compile(r"\([^()]*\)|'[^']*'|\bto = |/\S+|: (the node content|',' or ).*|Interpolation.*")
"""Words that are not the project's to translate: names, sources, and what libraries say."""
ENGLISH = re.compile(r"\b(expected|found|the|is|are|of|to|and|with|such as|correct|choose|write|remove|leave)\b")


@pytest.fixture
def refused(idle, capsys, tmp_path):
    """main(argv) is refused with exit code 2, one line and nothing written; returns the line, in English.

    In French the line has no English left.
    """

    def line(*argv):
        before = sorted(tmp_path.rglob("*"))
        assert main(list(argv)) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith("resilience: ") and told.err.count("\n") == 1, told.err
        assert sorted(tmp_path.rglob("*")) == before
        assert not idle
        return told.err

    def check(*argv):
        english = line(*argv)
        if not any(word.startswith("lang=") for word in argv):
            french = line(*argv, "lang=fr")
            assert not ENGLISH.search(OTHERS.sub("", french)), french
        return english

    return check
