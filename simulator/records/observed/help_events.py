"""Who helped whom, by period: the weeks before the crisis, each crisis, and what follows it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...rules.domain import DOMAINS, FAR, MILLI, SITE, SOURCES
from ...world.ledger import Acts
from ...world.world import World

WINDOW = 56
"""Days before the crisis over which calm help is told: the 7 to 8 weeks of the surveys."""
CALM = "calm"
KEY = ("giver", "receiver", "asker", "source", "domain")


def gathered(acts: list[Acts] | None) -> np.ndarray:
    """int64[k, 6]: the acts of one step, in the columns of Acts."""
    if not acts:
        return np.zeros((0, len(Acts._fields)), np.int64)
    return np.concatenate([np.stack(one, axis=1) for one in acts])


class Helping:
    """Acts of help as they come, kept by period."""

    def __init__(self) -> None:
        self.recent: list[tuple[int, np.ndarray]] = []
        self.periods: dict[str, list[np.ndarray]] = {}
        self.crisis, self.on = 0, False

    def copy(self) -> Helping:
        """The same memory for a fork."""
        other = Helping()
        other.recent, other.crisis, other.on = list(self.recent), self.crisis, self.on
        other.periods = {name: list(parts) for name, parts in self.periods.items()}
        return other

    def take(self, world: World, now: Any) -> None:
        """The acts of the step that was just played."""
        acts = gathered(world.ledger.acts)
        if now.onset is None:
            self.recent.append((now.day, acts))
            self.recent = [one for one in self.recent if one[0] >= now.day + now.span - WINDOW]
            return
        on = bool(getattr(now, "hazards", ()))
        self.crisis += on and not self.on
        self.on = on
        self.periods.setdefault(f"{'crisis' if on else 'after'} {self.crisis}", []).append(acts)

    def of(self, calm: bool) -> np.ndarray:
        """int64[k, 6]: acts of the calm weeks, or all since onset."""
        parts = [acts for _, acts in self.recent] if calm else [a for one in self.periods.values() for a in one]
        return np.concatenate([gathered(None), *parts])

    def counts(self, rows: int, calm: bool) -> dict[str, np.ndarray]:
        """int64[rows] each: acts given to others, acts got from people after asking them, refusals met."""
        acts = self.of(calm)
        giver, _, asker, source, _, amount = acts.T
        people = (giver >= 0) | (source == FAR)
        helped = people & (amount > 0)
        return {"gave": np.bincount(giver[(giver >= 0) & (amount > 0)], minlength=rows),
                "got": np.bincount(asker[helped], minlength=rows),
                "refused": np.bincount(asker[(giver >= 0) & (amount == 0)], minlength=rows)}

    def table(self, world: World) -> dict[str, np.ndarray]:
        """The pairs table: one row for each period, pair, source and domain."""
        named = {CALM: self.of(calm=True), **{name: np.concatenate(parts) for name, parts in self.periods.items()}}
        parts = [_summed(acts, name, world.people.uid) for name, acts in named.items()]
        return {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}


def _summed(acts: np.ndarray, period: str, uid: np.ndarray) -> dict[str, np.ndarray]:
    acts = acts.copy()
    for column in range(3):
        acts[:, column] = np.where(acts[:, column] >= 0, uid.astype(np.int64)[acts[:, column]], -1)
    unlike, where = np.unique(acts[:, :len(KEY)], axis=0, return_inverse=True)
    where = where.reshape(-1)
    amount, m = acts[:, -1], len(unlike)
    names = np.array([*DOMAINS, "several"], object)
    return {"period": np.full(m, period, object), **{name: unlike[:, k] for k, name in enumerate(KEY[:3])},
            "source": np.array(SOURCES, object)[unlike[:, 3]], "domain": names[unlike[:, 4]],
            "acts": np.bincount(where[amount > 0], minlength=m),
            "refusals": np.bincount(where[amount == 0], minlength=m),
            "amount": np.bincount(where, weights=amount, minlength=m) / MILLI}


def by_people(source: np.ndarray) -> np.ndarray:
    """bool[k]: true for sources that are people, of names as they stand in the pairs table."""
    return ~np.isin(source, np.array([SOURCES[SITE], "institution"], object))
