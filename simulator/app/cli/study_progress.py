"""Progress of a study: runs done, failed, running and left, and the time left.

A bar on a terminal; otherwise a line once a tenth is played, then one a minute.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...i18n.translation import translate
from ...scenario.run import Run
from ...studies.task import ProgressListener, RunFailure
from .compilation_progress import CompilationProgress
from .time_left import TimeLeft

if TYPE_CHECKING:
    from .terminal_bar import TerminalBar

LINE_INTERVAL_SECONDS = 60.0
"""Seconds between two lines where there is no terminal."""


class StudyProgress(ProgressListener):
    """Progress of `runs` runs on standard error, fed by the executor. work: run id to the work in it, in any unit."""

    def __init__(self, runs: int, lang: str, work: Mapping[str, float] | None = None) -> None:
        self.run_count, self.lang = runs, lang
        self.clock = TimeLeft(work or {})
        self.compilation = CompilationProgress(lang)
        self.has_told_time = False
        self.running_count = self.done_count = self.failed_count = 0
        self.last_line_at = time.monotonic()
        self.bar: TerminalBar | None = None
        if sys.stderr.isatty():
            from .terminal_bar import TerminalBar

            self.bar = TerminalBar(runs, translate("playing", lang), "run")

    def compiling(self, done: int, loops: int) -> None:
        """Show how far the model is compiled."""
        self.compilation.show(self.bar, done, loops)

    def running(self, runs: int) -> None:
        """Set how many runs are being played at this moment."""
        self.running_count = runs
        self.clock.begin(runs)
        self._report()

    def done(self, run: Run) -> None:
        """Count a run that is stored."""
        self.done_count += 1
        self._count(run.id if run is not None else "")

    def failed(self, failure: RunFailure) -> None:
        """Count a run that failed."""
        self.failed_count += 1
        self._count(failure.run if failure is not None else "")

    def line(self) -> str:
        """Counts and time left, in one line."""
        left = max(0, self.run_count - self.done_count - self.failed_count)
        return translate("{done} done, {failed} failed, {running} running, {left} left{time}", self.lang,
                         done=self.done_count, failed=self.failed_count, running=min(self.running_count, left),
                         left=left, time=self.clock.describe(self.lang))

    def _count(self, run: str) -> None:
        if self.clock.work:
            self.clock.finish(run)
        else:
            self.clock.total, self.clock.done = float(self.run_count), float(self.done_count + self.failed_count)
        self._report()

    def _report(self) -> None:
        if self.bar is not None:
            self.bar.move(self.done_count + self.failed_count, self.run_count, self.line())
        elif (time.monotonic() - self.last_line_at >= LINE_INTERVAL_SECONDS
              or not self.has_told_time and self.clock.estimate() is not None):
            self.last_line_at = time.monotonic()
            self.has_told_time = self.clock.estimate() is not None
            print(self.line(), file=sys.stderr, flush=True)

    def close(self) -> None:
        """Close the bar and print the last line."""
        if self.bar is not None:
            self.bar.close()
        print(self.line(), file=sys.stderr, flush=True)
