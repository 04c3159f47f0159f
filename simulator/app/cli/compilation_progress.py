"""Progress of compiling the model, which the first run on a machine waits for, on standard error."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from ...i18n.translation import translate
from .time_left import TimeLeft

if TYPE_CHECKING:
    from .terminal_bar import TerminalBar

LINE_SECONDS = 15.0
"""Seconds between two lines where there is no terminal."""


class CompilationProgress:
    """Shows how many loops are compiled and the time left: in a bar's note, or in lines. quiet: shows nothing."""

    def __init__(self, lang: str, quiet: bool = False) -> None:
        self.lang, self.quiet = lang, quiet
        self.clock = TimeLeft({})
        self.last_line_at: float | None = None

    def show(self, bar: TerminalBar | None, done: int, loops: int) -> None:
        """Show `done` of about `loops` loops; the clock starts at the first call."""
        self.clock.begin()
        self.clock.total, self.clock.done = float(loops), float(done)
        line = translate("compiling the model, this once: {done} of about {all} loops{time}", self.lang, done=done,
                         all=loops, time=self.clock.describe(self.lang))
        if bar is not None:
            bar.note(line)
        elif not self.quiet and self._is_line_due():
            self.last_line_at = time.monotonic()
            print(line, file=sys.stderr, flush=True)

    def _is_line_due(self) -> bool:
        return self.last_line_at is None or time.monotonic() - self.last_line_at >= LINE_SECONDS
