"""How far a long work is: a bar with the time left on a terminal, a line per finished seed elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

from ...i18n.app_texts import say


class Progress:
    """Counts `all` steps on standard error. `step(seed)` after each; nothing on standard output."""

    def __init__(self, steps: int, lang: str, unit: str, quiet: bool = False) -> None:
        self.steps, self.lang, self.unit, self.done = steps, lang, unit, 0
        self.left: dict[int, int] = {}
        self.quiet = quiet
        self.bar: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty() and not self.quiet:
            from tqdm import tqdm

            self.bar = tqdm(total=self.steps, unit=self.unit, desc=say("playing", self.lang), file=sys.stderr,
                            dynamic_ncols=True, leave=False, mininterval=0.2)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
                 ) -> None:
        if self.bar is not None:
            self.bar.close()

    def expect(self, seed: int, runs: int) -> None:
        """So many runs of this seed are still to play."""
        self.left[seed] = runs

    def reach(self, done: int, steps: int) -> None:
        """`done` of `steps` steps are played: for work that counts by itself."""
        if self.bar is not None:
            self.bar.total = steps
            self.bar.update(done - self.done)
        self.done, self.steps = done, steps

    def advance(self, seed: int | None = None, count: int = 1) -> None:
        """`count` steps more are done; says so when they complete a seed."""
        self.done += count
        if self.bar is not None:
            self.bar.update(count)
        if seed is None or seed not in self.left:
            return
        self.left[seed] -= count
        if self.left[seed] == 0 and self.bar is None and not self.quiet:
            print(say("done_seed", self.lang, seed=seed, done=self.done, all=self.steps), file=sys.stderr, flush=True)
