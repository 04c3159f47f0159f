"""`resilience compact`: many small files of runs into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..sweep.compact import Busy, compact
from ..sweep.store import Store
from .errors import UsageError
from .results_folder import numbers, only, opened
from .words import say

if TYPE_CHECKING:
    from .main import Line


def command(line: Line) -> int:
    """Compact the folder. UsageError while somebody plays there."""
    numbers("compact", line.words, {})
    only(line.words, 1, "compact")
    folder = opened("compact", line.words).folder
    try:
        count, part = compact(Store(folder))
    except Busy:
        raise UsageError("compacting") from None
    print(say("compacted", line.labels, count=count, file=part) if part else say("nothing_to_compact", line.labels))
    return 0
