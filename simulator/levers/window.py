"""When a lever acts: a span of days with a ramp at its beginning."""

from __future__ import annotations

from dataclasses import dataclass

from .card import Window

WEEK = 7


@dataclass(frozen=True)
class Span:
    """Days on which a lever acts: from `begin`, in full after `ramp_days`, up to and without `end` (None: for good)."""

    begin: int
    end: int | None = None
    ramp_days: int = 0

    def ramp(self, day: int) -> float:
        """Share of its full effect on a day, 0 to 1."""
        if day < self.begin or (self.end is not None and day >= self.end):
            return 0.0
        if self.ramp_days == 0:
            return 1.0
        return min(1.0, (day - self.begin) / self.ramp_days)

    def is_on(self, day: int) -> bool:
        """True while it acts, however little."""
        return self.begin <= day and (self.end is None or day < self.end)

    def ended_by(self, day: int) -> bool:
        """True on the one weekly boundary that is its end or follows it: what it does to trust is told weekly."""
        return self.end is not None and day % WEEK == 0 and day - WEEK < self.end <= day

    def overlaps(self, other: Span) -> bool:
        """True if both act on some day."""
        first, last = max(self.begin, other.begin), [end for end in (self.end, other.end) if end is not None]
        return not last or first < min(last)


NEVER = Span(1 << 30, 1 << 30)
"""Of a lever that waits for its trigger."""


def span_of(window: Window, start_day: int) -> Span:
    """The span of a window that starts on a day: after the lead time, for `days` days."""
    begin = start_day + window.lead_time_days
    return Span(begin, begin + window.days if window.days else None, window.ramp_days)
