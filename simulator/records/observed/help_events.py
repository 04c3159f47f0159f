"""Who helps whom, by period: the weeks before the first crisis, each crisis, and the time after it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...rules.need_domains import BY_OFF_MAP, DOMAINS, MILLI, SOURCES
from ...world.ledger import HelpEvents
from ...world.world import World

CALM_WINDOW_DAYS = 56
"""Days before onset over which help in calm times is counted: the 7 to 8 weeks of the surveys."""
CALM_PERIOD = "calm"
PAIR_KEY_COLUMNS = ("giver", "receiver", "asker", "source", "domain")


def stack_help_events(events: list[HelpEvents] | None) -> np.ndarray:
    """int64[k, 6]: the help events of one step, in the columns of HelpEvents."""
    if not events:
        return np.zeros((0, len(HelpEvents._fields)), np.int64)
    return np.concatenate([np.stack(columns, axis=1) for columns in events])


class HelpHistory:
    """The help events of a run so far, by period."""

    def __init__(self) -> None:
        self.calm_events: list[tuple[int, np.ndarray]] = []
        self.events_by_period: dict[str, list[np.ndarray]] = {}
        self.crisis, self.in_crisis = 0, False

    def copy(self) -> HelpHistory:
        """A copy that continues independently, for a fork."""
        other = HelpHistory()
        other.calm_events, other.crisis, other.in_crisis = list(self.calm_events), self.crisis, self.in_crisis
        other.events_by_period = {name: list(parts) for name, parts in self.events_by_period.items()}
        return other

    def add_step(self, world: World, context: Any) -> None:
        """Add the help events of the step that was just played."""
        events = stack_help_events(world.ledger.help_events)
        if context.onset is None:
            self.calm_events.append((context.day, events))
            first_day = context.day + context.span - CALM_WINDOW_DAYS
            self.calm_events = [(day, events) for day, events in self.calm_events if day >= first_day]
            return
        in_crisis = bool(getattr(context, "hazards", ()))
        self.crisis += in_crisis and not self.in_crisis
        self.in_crisis = in_crisis
        period = f"{'crisis' if in_crisis else 'after'} {self.crisis}"
        self.events_by_period.setdefault(period, []).append(events)

    def concatenate_events(self, calm: bool) -> np.ndarray:
        """int64[k, 6]: the help events of the calm weeks, or all since onset."""
        if calm:
            parts = [events for _, events in self.calm_events]
        else:
            parts = [events for steps in self.events_by_period.values() for events in steps]
        return np.concatenate([stack_help_events(None), *parts])

    def count_by_resident(self, rows: int, calm: bool) -> dict[str, np.ndarray]:
        """int64[rows] each: times a resident gave help, got help from a person after asking, was refused."""
        giver, _, asker, source, _, amount = self.concatenate_events(calm).T
        helped = ((giver >= 0) | (source == BY_OFF_MAP)) & (amount > 0)
        return {"gave": np.bincount(giver[(giver >= 0) & (amount > 0)], minlength=rows),
                "got": np.bincount(asker[helped], minlength=rows),
                "refused": np.bincount(asker[(giver >= 0) & (amount == 0)], minlength=rows)}

    def build_table(self, world: World) -> dict[str, np.ndarray]:
        """The pairs table: one row for each period, pair, source and domain."""
        periods = {CALM_PERIOD: self.concatenate_events(calm=True),
                   **{period: np.concatenate(steps) for period, steps in self.events_by_period.items()}}
        parts = [_sum_by_pair(events, period, world.people.uid) for period, events in periods.items()]
        return {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}


def _sum_by_pair(events: np.ndarray, period: str, uid: np.ndarray) -> dict[str, np.ndarray]:
    """The rows of one period: events with equal PAIR_KEY_COLUMNS are summed; residents by uid."""
    events = events.copy()
    for column in range(3):
        events[:, column] = np.where(events[:, column] >= 0, uid.astype(np.int64)[events[:, column]], -1)
    keys, pair = np.unique(events[:, :len(PAIR_KEY_COLUMNS)], axis=0, return_inverse=True)
    pair = pair.reshape(-1)
    amount, m = events[:, -1], len(keys)
    domains = np.array([*DOMAINS, "several"], object)
    return {"period": np.full(m, period, object), "giver": keys[:, 0], "receiver": keys[:, 1], "asker": keys[:, 2],
            "source": np.array(SOURCES, object)[keys[:, 3]], "domain": domains[keys[:, 4]],
            "acts": np.bincount(pair[amount > 0], minlength=m), "refusals": np.bincount(pair[amount == 0], minlength=m),
            "amount": np.bincount(pair, weights=amount, minlength=m) / MILLI}
