"""The time that a batch still takes, from what is played of it: a run counts by the work in it, not as one."""

from __future__ import annotations

import time
from collections.abc import Mapping

from ...i18n.translation import translate

MIN_SHARE = 0.1
"""Share of the work from which the time left is told; before, it is a guess."""


class TimeLeft:
    """work: what is to be done, each item to its amount, in any unit. The clock starts at once, or when work begins."""

    def __init__(self, work: Mapping[str, float]) -> None:
        self.work = dict(work)
        self.total, self.done = sum(work.values()), 0.0
        self.started_at = time.monotonic()
        self.has_begun, self.busy = False, 1

    def begin(self, busy: int = 1) -> None:
        """So many items are being worked at. Starts the clock, unless it runs: what came before was preparation."""
        self.busy = max(self.busy, busy)
        if not self.has_begun:
            self.has_begun, self.started_at = True, time.monotonic()

    def finish(self, item: str) -> None:
        """An item is done; one that is not known, or is done already, changes nothing."""
        self.done += self.work.pop(item, 0.0)

    @property
    def share(self) -> float:
        """Share of the work that is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since the clock started."""
        return time.monotonic() - self.started_at

    def estimate(self) -> float | None:
        """Seconds left, at the pace so far; None before a tenth of the work is done, and at its end."""
        if not MIN_SHARE <= self.share < 1.0:
            return None
        begun = self.share + self._estimate_begun_share()
        return self.elapsed * (1.0 - begun) / begun

    def _estimate_begun_share(self) -> float:
        """Share of the work that is done within unfinished items: of the largest, as many as others work at, half."""
        largest = sorted(self.work.values(), reverse=True)[:self.busy - 1]
        return 0.5 * sum(largest) / self.total

    def describe(self, lang: str) -> str:
        """The time left after a comma, empty where it is not known."""
        left = self.estimate()
        return "" if left is None else translate(", about {time}", lang, time=format_duration(left))


def format_duration(seconds: float) -> str:
    """A length of time in its largest unit: 40 s, 12 min, 3 h 20."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60:02d}"
