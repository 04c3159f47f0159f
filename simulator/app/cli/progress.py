"""Progress of a batch of runs: a bar with the time left on a terminal, otherwise a line for each finished seed."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ...i18n.translation import translate

if TYPE_CHECKING:
    from .terminal_bar import TerminalBar


class ProgressBar:
    """Progress on standard error over `steps` steps; nothing goes to standard output.

    unit: what a step is, shown on the bar. quiet: count, but show nothing.
    """

    def __init__(self, steps: int, lang: str, unit: str, quiet: bool = False) -> None:
        self.steps, self.lang, self.unit, self.done = steps, lang, unit, 0
        self.left_by_seed: dict[int, int] = {}
        self.quiet = quiet
        self.bar: TerminalBar | None = None

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

    def set_progress(self, done: int, steps: int) -> None:
        """Set progress to `done` of `steps` steps: for work that counts by itself."""
        self.done, self.steps = done, steps
        self._draw()

    def advance(self, seed: int | None = None, count: int = 1) -> None:
        """Add `count` finished steps. Without a terminal, prints a line when the last run of a seed is done."""
        self.done += count
        self._draw()
        if seed is None or seed not in self.left_by_seed:
            return
        self.left_by_seed[seed] -= count
        if self.left_by_seed[seed] == 0 and self.bar is None and not self.quiet:
            print(translate("seed {seed} done, {done} of {all} runs", self.lang, seed=seed, done=self.done,
                            all=self.steps),
                  file=sys.stderr, flush=True)

    def _draw(self) -> None:
        if self.bar is not None:
            self.bar.move(self.done, self.steps)
