"""Progress: a bar on a terminal, lines elsewhere, all on standard error."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

import pytest

from simulator.app.cli.progress import ProgressBar
from simulator.app.cli.study_progress import StudyProgress

HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"
"""What a terminal is told to hide the cursor and to show it again."""
WIPE = "\x1b[1A\x1b[2K"
"""What a terminal is told to wipe the line above."""


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """True."""
        return True


@pytest.fixture
def terminal(monkeypatch) -> Terminal:
    for name in ("NO_COLOR", "TTY_INTERACTIVE", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    return Terminal()


def test_a_line_a_seed_without_a_terminal(capsys):
    with ProgressBar(3, "en", "run") as progress:
        progress.expect_runs(7, 2)
        progress.advance(7)
        progress.advance(8)
        progress.advance(7)
    assert capsys.readouterr() == ("", "seed 7 done, 3 of 3 runs\n")


def test_nothing_when_quiet(capsys, terminal):
    with redirect_stderr(terminal), ProgressBar(1, "en", "run", quiet=True) as progress:
        progress.advance()
    assert terminal.getvalue() == ""
    assert capsys.readouterr().out == ""


def test_a_bar_on_a_terminal_in_the_readers_language(capsys, terminal):
    with redirect_stderr(terminal), ProgressBar(1, "fr", "step") as progress:
        progress.set_progress(3, 9)
        progress.bar.display.refresh()
        print("a result")
    assert "simulation" in terminal.getvalue() and "3/9" in terminal.getvalue()
    assert capsys.readouterr().out == "a result\n", "standard output is left alone"


def test_an_interruption_gives_the_cursor_back(terminal):
    with pytest.raises(KeyboardInterrupt), redirect_stderr(terminal), ProgressBar(2, "en", "run") as progress:
        progress.advance()
        raise KeyboardInterrupt
    text = terminal.getvalue()
    assert text.count(HIDE) == text.count(SHOW) == 1
    assert text.rindex(SHOW) > text.rindex(HIDE)


def test_a_study_shows_its_counts_beside_the_bar(capsys, terminal):
    with redirect_stderr(terminal):
        progress = StudyProgress(4, "en")
        progress.running(2)
        progress.done(None)
        progress.bar.display.refresh()
        progress.close()
    assert "1/4" in terminal.getvalue()
    last = terminal.getvalue().splitlines()[-1]
    assert last.removeprefix(WIPE).startswith("1 done, 0 failed, 2 running, 3 left")


def test_a_study_without_a_terminal_prints_its_last_line(capsys):
    progress = StudyProgress(1, "fr")
    progress.done(None)
    progress.close()
    assert capsys.readouterr() == ("", "1 finies, 0 échouées, 0 en cours, 0 à jouer\n")


def test_compiling_is_shown_in_lines_and_quiet_means_quiet(capsys):
    with ProgressBar(3, "en", "run") as progress:
        progress.show_compilation(1, 100)
        progress.show_compilation(2, 100)  # too soon for another line
    assert capsys.readouterr() == ("", "compiling the model, this once: 1 of about 100 loops\n")
    with ProgressBar(3, "en", "run", quiet=True) as progress:
        progress.show_compilation(1, 100)
    assert capsys.readouterr() == ("", "")


def test_the_time_that_compiling_still_takes_is_told(capsys, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    study = StudyProgress(4, "en")
    study.compiling(0, 100)
    now[0] += 20.0
    study.compiling(40, 100)
    assert capsys.readouterr().err.splitlines() == ["compiling the model, this once: 0 of about 100 loops",
                                                    "compiling the model, this once: 40 of about 100 loops, about 30 s"]


def test_compiling_is_a_note_of_the_bar_on_a_terminal(terminal):
    with redirect_stderr(terminal), ProgressBar(3, "en", "run") as progress:
        progress.show_compilation(30, 100)
        progress.bar.display.refresh()
    assert "compiling the model, this once: 30 of about 100 loops" in terminal.getvalue()
