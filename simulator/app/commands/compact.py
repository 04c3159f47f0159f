"""`resilience compact`: many small files of runs into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...config.errors import UsageError
from ...i18n.app_texts import say
from ...studies.compact import Busy, compact
from ...studies.store import Store
from ..cli.results_folder import numbers, only, opened

if TYPE_CHECKING:
    from ..cli.main import Line


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
