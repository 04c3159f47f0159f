"""`resilience compare`: levers against doing nothing, paired by seed; only what is missing is played."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..run import Run
from .compose import compose
from .door import Job, settle
from .folder import claimed
from .play import print_settings
from .progress import Progress
from .words import say

if TYPE_CHECKING:
    from .main import Line


def command(line: Line) -> int:
    """Compose, check, play what is missing, tell. 1 if some runs failed."""
    config = compose("compare", line.words, line.folders)
    job = settle("compare", config)
    if line.cfg:
        return print_settings(config)
    with claimed(job) as folder:
        try:
            code = play_and_tell(job, folder, line.lang)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(say("interrupted_in", line.lang, folder=folder)) from None
    print(folder)
    return code


def play_and_tell(job: Job, folder: Path, lang: str) -> int:
    """Play what is missing, print the effects, write the figures. 1 if some runs failed."""
    return 0
