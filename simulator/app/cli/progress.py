"""Progress of a batch of runs: a bar with the time left on a terminal, otherwise a line from time to time."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ...i18n.translation import translate
from .compilation_progress import CompilationProgress
from .time_left import TimeLeft

if TYPE_CHECKING:
    from ...scenario.run import Run
    from .terminal_bar import TerminalBar

LINE_SECONDS = 60.0
"""Seconds between two lines where there is no terminal, once a tenth is played."""


class ProgressBar:
    """Progress on standard error over `steps` steps; nothing goes to standard output.

    unit: what a step is, shown on the bar. quiet: count, but show nothing.
    """

    def __init__(self, steps: int, lang: str, unit: str, quiet: bool = False) -> None:
        self.steps, self.lang, self.unit, self.done = steps, lang, unit, 0
        self.left_by_seed: dict[int, int] = {}
        self.quiet = quiet
        self.bar: TerminalBar | None = None
        self.clock, self.compilation = TimeLeft({}), CompilationProgress(lang, quiet)
        self.last_line_at: float | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty() and not self.quiet:
            from .terminal_bar import TerminalBar

            self.bar = TerminalBar(self.steps, translate("playing", self.lang), self.unit)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self.bar is not None:
            self.bar.close()

    def expect_runs(self, seed: int, runs: int) -> None:
        """Announce that `runs` runs of this seed are still to play."""
        self.left_by_seed[seed] = runs

    def expect_work(self, runs: Sequence[Run]) -> None:
        """Announce all runs that are to be played: each counts by the work in it."""
        from ...studies.work_estimate import estimate_run_seconds

        self.clock = TimeLeft(estimate_run_seconds(runs))
        self.left_by_seed = dict(Counter(run.seed for run in runs))

    def show_compilation(self, done: int, loops: int) -> None:
        """Show how far the model is compiled, before the first step."""
        self.compilation.show(self.bar, done, loops)

    def finish_run(self, run: Run) -> None:
        """A run that was announced is stored."""
        self.clock.finish(run.id)
        self.advance(run.seed)

    def set_progress(self, done: int, steps: int) -> None:
        """Set progress to `done` of `steps` steps: for work that counts by itself."""
        self.done, self.steps = done, steps
        self.clock.begin()
        self.clock.total, self.clock.done = float(steps), float(done)
        self._draw()
        if self._is_line_due():
            self._print_line(translate("{done} of {all} steps{time}", self.lang, done=done, all=steps,
                                       time=self.clock.describe(self.lang)))

    def advance(self, seed: int | None = None, count: int = 1) -> None:
        """Add `count` finished steps. Without a terminal, prints a line when the last run of a seed is done, when a
        tenth is done, and then at least once a minute."""
        self.done += count
        self._draw()
        time_left = self.clock.describe(self.lang)
        if seed is not None and seed in self.left_by_seed:
            self.left_by_seed[seed] -= count
            if self.left_by_seed[seed] == 0:
                self._print_line(translate("seed {seed} done, {done} of {all} runs", self.lang, seed=seed,
                                           done=self.done, all=self.steps) + time_left)
                return
        if time_left and self._is_line_due():
            self._print_line(translate("runs: {done} of {all}", self.lang, done=self.done, all=self.steps) + time_left)

    def _is_line_due(self) -> bool:
        """True once a tenth is done, and then once a minute."""
        if self.bar is not None or self.quiet or self.clock.estimate() is None:
            return False
        return self.last_line_at is None or time.monotonic() - self.last_line_at >= LINE_SECONDS

    def _print_line(self, line: str) -> None:
        if self.bar is None and not self.quiet:
            if self.clock.estimate() is not None:
                self.last_line_at = time.monotonic()
            print(line, file=sys.stderr, flush=True)

    def _draw(self) -> None:
        if self.bar is not None:
            self.bar.move(self.done, self.steps, self.clock.describe(self.lang).removeprefix(", "))
