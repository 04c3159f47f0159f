"""The crises of a scenario one after another, and how long the recovery from each is timed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class CrisisEpisode:
    """One crisis, or several that overlap.

    crises: ids of its cards. date: its first day. first, end: its first day, and the day after its last, since the
    first day of the first crisis. clock: days over which recovery from it is timed: to the first day of the next
    episode, or to the horizon. is_censored: True where the next episode ends the clock.
    """

    crises: tuple[str, ...]
    date: str
    first: int
    end: int
    clock: int
    is_censored: bool


def list_crisis_episodes(scenario: Mapping[str, Any]) -> list[CrisisEpisode]:
    """The episodes of a scenario, as a run's content holds it, in order of time; those within its horizon.

    Crises that overlap are one episode. Severity 0 counts, as it does in the calendar, so that all runs of a sweep
    over severity time recovery alike.
    """
    found = sorted((date.fromisoformat(str(start)), int(card.get("days", 1)), str(card["id"]))
                   for card in scenario.get("crises", ()) if "start" in card
                   for start in (card["start"], *card.get("again", ())))
    horizon = int(scenario.get("calendar", {}).get("horizon_days", 0))
    merged: list[tuple[date, int, int, list[str]]] = []
    for day, days, name in found:
        first = (day - found[0][0]).days
        if merged and first < merged[-1][2]:
            start, begins, end, names = merged.pop()
            merged.append((start, begins, max(end, first + days), [*names, name]))
        elif first < horizon or not merged:
            merged.append((day, first, first + days, [name]))
    bounds = [*(first for _, first, _, _ in merged[1:]), horizon]
    return [CrisisEpisode(tuple(sorted(set(names))), day.isoformat(), first, end, bounds[k] - first,
                          k + 1 < len(merged)) for k, (day, first, end, names) in enumerate(merged)]
