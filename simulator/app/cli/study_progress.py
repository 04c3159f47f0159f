"""Progress of a study: runs done, failed, running and left, and the time left.

A bar on a terminal, otherwise a line a minute.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from ...i18n.translation import translate
from ...scenario.run import Run
from ...studies.task import ProgressListener, RunFailure

if TYPE_CHECKING:
    from .terminal_bar import TerminalBar

LINE_INTERVAL_SECONDS = 60.0
"""Seconds between two lines where there is no terminal."""


class StudyProgress(ProgressListener):
    """Progress of `runs` runs on standard error, fed by the executor."""

    def __init__(self, runs: int, lang: str) -> None:
        self.run_count, self.lang = runs, lang
        self.running_count = self.done_count = self.failed_count = 0
        self.started_at = self.last_line_at = time.monotonic()
        self.bar: TerminalBar | None = None
        if sys.stderr.isatty():
            from .terminal_bar import TerminalBar

            self.bar = TerminalBar(runs, translate("playing", lang), "run")

    def running(self, runs: int) -> None:
        """Set how many runs are being played at this moment."""
        self.running_count = runs
        self._report()

    def done(self, run: Run) -> None:
        """Count a run that is stored."""
        self.done_count += 1
        self._report()

    def failed(self, failure: RunFailure) -> None:
        """Count a run that failed."""
        self.failed_count += 1
        self._report()

    def line(self) -> str:
        """Counts and time left, in one line."""
        left = max(0, self.run_count - self.done_count - self.failed_count)
        return translate("{done} done, {failed} failed, {running} running, {left} left{time}", self.lang,
                         done=self.done_count, failed=self.failed_count, running=min(self.running_count, left),
                         left=left, time=self._estimate_time_left(left))

    def _estimate_time_left(self, left: int) -> str:
        ended = self.done_count + self.failed_count
        if not ended or not left:
            return ""
        seconds = (time.monotonic() - self.started_at) / ended * left
        return translate(", about {time}", self.lang, time=format_duration(seconds))

    def _report(self) -> None:
        if self.bar is not None:
            self.bar.move(self.done_count + self.failed_count, self.run_count, self.line())
        elif time.monotonic() - self.last_line_at >= LINE_INTERVAL_SECONDS:
            self.last_line_at = time.monotonic()
            print(self.line(), file=sys.stderr, flush=True)

    def close(self) -> None:
        """Close the bar and print the last line."""
        if self.bar is not None:
            self.bar.close()
        print(self.line(), file=sys.stderr, flush=True)


def format_duration(seconds: float) -> str:
    """A length of time in its largest unit: 40 s, 12 min, 3 h 20."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60:02d}"
