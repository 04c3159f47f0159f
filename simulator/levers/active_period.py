"""The days on which a lever acts, with a ramp at the beginning."""

from __future__ import annotations

from dataclasses import dataclass

from .card import Window

WEEK = 7


@dataclass(frozen=True)
class ActivePeriod:
    """Days on which a lever acts: `start_day` to the day before `end_day` (None: no end), in full after `ramp_days`."""

    start_day: int
    end_day: int | None = None
    ramp_days: int = 0

    def ramp_share(self, day: int) -> float:
        """Share of the full effect that is reached on a day, 0 to 1."""
        if day < self.start_day or (self.end_day is not None and day >= self.end_day):
            return 0.0
        if self.ramp_days == 0:
            return 1.0
        return min(1.0, (day - self.start_day) / self.ramp_days)

    def is_active(self, day: int) -> bool:
        """True from the start day until before the end day, ramp included."""
        return self.start_day <= day and (self.end_day is None or day < self.end_day)

    def ended_this_week(self, day: int) -> bool:
        """True on the first weekly boundary at or after the end: effects on trust are applied once a week."""
        return self.end_day is not None and day % WEEK == 0 and day - WEEK < self.end_day <= day

    def overlaps(self, other: ActivePeriod) -> bool:
        """True if both act on some day."""
        first = max(self.start_day, other.start_day)
        ends = [end for end in (self.end_day, other.end_day) if end is not None]
        return not ends or first < min(ends)


NOT_STARTED = ActivePeriod(1 << 30, 1 << 30)
"""The period of a lever that still waits for its trigger."""


def build_active_period(window: Window, start_day: int) -> ActivePeriod:
    """The period of a window that starts on a day: it begins after the lead time and lasts `days` days."""
    begin = start_day + window.lead_time_days
    return ActivePeriod(begin, begin + window.days if window.days else None, window.ramp_days)
