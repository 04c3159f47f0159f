"""What flowed in one step, in integers: the books that must balance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..rules.domain import DOMAINS, SOURCES
from ..rules.flow import COUNTS, GOODS, MONEY
from ..rules.kind import KINDS


class Acts(NamedTuple):
    """Acts of help and refusals of one phase, one value each: rows, source and domain, thousandths given."""

    giver: np.ndarray
    """int64[k]: -1 for a site, an institution, or somebody beyond the map."""
    receiver: np.ndarray
    """int64[k]: whose need it was."""
    asker: np.ndarray
    """int64[k]: who asked; for a child's need an adult of its household."""
    source: np.ndarray
    domain: np.ndarray
    """int64[k]: -1 for several at once."""
    amount: np.ndarray
    """int64[k]: 0 for a refusal."""


class Ledger:
    """Integer flows of the current step. All in thousandths; `clear` starts a new step.

    met int64[sources, domains] needs met, each unit counted once at its origin · new, carried, faded, unmet
    int64[domains]: new + carried = sum(met) + unmet; unmet = carried next + faded next · hours_given, hours_received
    int64[kinds + 1]: clock hours, the last for strangers · goods int64[...] see GOODS · asked, refused, accepted.
    """

    GOODS, MONEY, COUNTS = GOODS, MONEY, COUNTS

    def __init__(self) -> None:
        d, s = len(DOMAINS), len(SOURCES)
        self.met = np.zeros((s, d), np.int64)
        self.new = np.zeros(d, np.int64)
        self.carried = np.zeros(d, np.int64)
        self.faded = np.zeros(d, np.int64)
        self.unmet = np.zeros(d, np.int64)
        self.hours_given = np.zeros(len(KINDS) + 1, np.int64)
        self.hours_received = np.zeros(len(KINDS) + 1, np.int64)
        self.goods = np.zeros(len(self.GOODS), np.int64)
        self.money = np.zeros(len(self.MONEY), np.int64)
        self.counts = np.zeros(len(self.COUNTS), np.int64)
        self.acts: list[Acts] | None = None
        """Who helped whom in this step, when somebody watches; None when nobody does, which is the usual case."""

    def clear(self) -> None:
        """Start a new step."""
        for array in self.arrays().values():
            array[...] = 0
        if self.acts is not None:
            self.acts = []

    def arrays(self) -> dict[str, np.ndarray]:
        """The flows, by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, np.ndarray)}

    def watch(self) -> None:
        """From now on keep each act of help of a step, for the record. Nothing that is simulated reads them."""
        self.acts = []

    def act(self, source: int | np.ndarray, receiver: np.ndarray, amount: np.ndarray, *,
            giver: np.ndarray | int = -1, asker: np.ndarray | None = None, domain: int | np.ndarray = -1) -> None:
        """Note acts of help, if somebody watches."""
        if self.acts is not None:
            size = len(receiver)
            self.acts.append(Acts(*(np.broadcast_to(np.asarray(one, np.int64), (size,)) for one in (
                giver, receiver, receiver if asker is None else asker, source, domain, amount))))

    def unmet_share(self) -> float | None:
        """Share of the step's needs that stayed unmet; None when no need was looked at."""
        arose = int(self.new.sum() + self.carried.sum())
        return int(self.unmet.sum()) / arose if arose else None

    def count(self, name: str, by: int = 1) -> None:
        """Add to one of COUNTS."""
        self.counts[self.COUNTS.index(name)] += by

    def good(self, name: str, by: int) -> None:
        """Add to one of GOODS, milli person-days or kits."""
        self.goods[self.GOODS.index(name)] += by
