"""Progress of many runs, in a notebook or on a terminal."""

from __future__ import annotations

import sys
from typing import Any

from ..config.errors import flatten_text
from ..scenario.run import Run
from ..studies.task import ProgressListener, RunFailure


class RunProgress(ProgressListener):
    """A bar over `total` runs on standard error: in notebooks and on terminals, or wherever `shown` says."""

    def __init__(self, total: int, shown: bool | None) -> None:
        from tqdm.std import tqdm

        visible = is_interactive() if shown is None else shown
        self.bar = tqdm(total=total, desc="simulating", unit="run", disable=not visible or not total)

    def done(self, run: Run) -> None:
        """Move on by one run."""
        self.bar.update()

    def failed(self, failure: RunFailure) -> None:
        """Move on by one run, and say that it failed."""
        self.bar.update()
        self.bar.set_postfix_str(f"failed: {flatten_text(failure.error)[:60]}")

    def close(self) -> None:
        """Leave the bar as it is."""
        self.bar.close()


def is_interactive() -> bool:
    """True in a notebook, and where standard error is a terminal."""
    shell: Any = sys.modules.get("IPython")
    in_notebook = shell is not None and type(shell.get_ipython()).__name__ == "ZMQInteractiveShell"
    return in_notebook or sys.stderr.isatty()
