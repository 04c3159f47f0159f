"""A bar on the terminal: what is being done, how far it is, how long it took and still takes; standard error only."""

from __future__ import annotations

import sys

REDRAWS_PER_SECOND = 5


class TerminalBar:
    """A bar of `steps` steps, drawn until it is closed, then wiped off. unit: what a step is.

    What others print to standard error meanwhile stands above the bar; standard output is left alone.
    """

    def __init__(self, steps: int, label: str, unit: str) -> None:
        from rich import progress  # not at the top: importing Rich draws from Python's random numbers
        from rich.console import Console

        stderr = getattr(sys.stderr, "raw_stream", sys.stderr)  # a bar is made of control characters
        columns = (progress.TextColumn("{task.description}", markup=False), progress.BarColumn(bar_width=None),
                   progress.MofNCompleteColumn(), progress.TextColumn("{task.fields[unit]}", markup=False),
                   progress.TimeElapsedColumn(),
                   progress.TextColumn("{task.fields[note]}", markup=False))
        self.display = progress.Progress(*columns, console=Console(file=stderr), transient=True,
                                         redirect_stdout=False, refresh_per_second=REDRAWS_PER_SECOND)
        self.task = self.display.add_task(label, total=steps, unit=unit, note="")
        self.display.start()

    def move(self, done: int, steps: int, note: str = "") -> None:
        """Show `done` of `steps` steps, with a note behind them."""
        self.display.update(self.task, completed=done, total=steps, note=note)

    def note(self, note: str) -> None:
        """Show another note behind the steps."""
        self.display.update(self.task, note=note)

    def close(self) -> None:
        """Wipe the bar off and show the cursor again."""
        self.display.stop()
