"""How far a study is: done, failed, running, left and the time left. A bar on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Any

from ...i18n.app_texts import say
from ...scenario.run import Run
from ...studies.task import Failure, Watch

EVERY = 60.0
"""Seconds between two lines where there is no terminal."""


class StudyProgress(Watch):
    """Counts runs on standard error."""

    def __init__(self, runs: int, lang: str) -> None:
        self.all, self.lang, self.at_work = runs, lang, 0
        self.finished, self.fails, self.begun, self.told = 0, 0, time.monotonic(), time.monotonic()
        self.bar: Any = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self.bar = tqdm(total=runs, unit="run", file=sys.stderr, dynamic_ncols=True, leave=False,
                            desc=say("playing", lang))

    def running(self, runs: int) -> None:
        """So many runs are being played now."""
        self.at_work = runs
        self._tell()

    def done(self, run: Run) -> None:
        """A run is kept."""
        self.finished += 1
        self._tell(1)

    def failed(self, failure: Failure) -> None:
        """A run could not be played."""
        self.fails += 1
        self._tell(1)

    def line(self) -> str:
        """Everything in one line."""
        left = max(0, self.all - self.finished - self.fails)
        return say("study_line", self.lang, done=self.finished, failed=self.fails, running=min(self.at_work, left),
                   left=left, time=self._time(left))

    def _time(self, left: int) -> str:
        seen = self.finished + self.fails
        if not seen or not left:
            return ""
        seconds = (time.monotonic() - self.begun) / seen * left
        return say("study_time", self.lang, time=duration(seconds))

    def _tell(self, step: int = 0) -> None:
        if self.bar is not None:
            self.bar.update(step)
            self.bar.set_postfix_str(self.line(), refresh=False)
        elif time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            print(self.line(), file=sys.stderr, flush=True)

    def close(self) -> None:
        """The last line, or the end of the bar."""
        if self.bar is not None:
            self.bar.close()
        print(self.line(), file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """A length of time in its largest unit: 40 s, 12 min, 3 h 20."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60:02d}"
