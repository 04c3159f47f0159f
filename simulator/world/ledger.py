"""The ledger: integer flows of needs, hours, goods and money in one step, which must balance."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

import numpy as np

from ..rules.ledger_flows import COUNTS, GOODS, MONEY
from ..rules.need_domains import DOMAINS, SOURCES
from ..rules.tie_kinds import TIE_KINDS


class HelpEvents(NamedTuple):
    """Acts of help and refusals of one phase, k of them, as columns."""

    giver: np.ndarray
    """int64[k]: row of the resident who gives; -1 for a site, an institution or somebody off the map."""
    receiver: np.ndarray
    """int64[k]: row of the resident in need."""
    asker: np.ndarray
    """int64[k]: row of the resident who asks; for a child's need an adult of its household."""
    source: np.ndarray
    """int64[k]: index in SOURCES."""
    domain: np.ndarray
    """int64[k]: index in DOMAINS, -1 for several at once."""
    amount: np.ndarray
    """int64[k]: thousandths given, 0 for a refusal."""


class Ledger:
    """Integer flows of the current step, in thousandths, but for `counts`. `clear` starts a new step.

    met: int64[sources, domains], needs met, each unit counted once, at its source.
    new, carried, faded, unmet: int64[domains]. They balance: new + carried = sum(met) + unmet, and the unmet of a step
    is the carried + faded of the next.
    crisis_new, crisis_carried, crisis_faded, crisis_unmet: int64[domains], and crisis_met: int64[sources, domains], the
    same for needs that a crisis causes. aftermath_made (by damage), aftermath_scars (left behind by needs that passed
    unmet), aftermath_given_up, aftermath_open: int64[domains]; aftermath_met: int64[sources, domains]. The open
    aftermath of a step is that of the step before, plus what is made and scars, less what is met and given up.
    hours_given, hours_received: int64[tie kinds + 1], clock hours by kind of tie, strangers last.
    goods, money, counts: int64, one value for each name of GOODS, MONEY and COUNTS.
    """

    GOODS, MONEY, COUNTS = GOODS, MONEY, COUNTS

    new: np.ndarray
    carried: np.ndarray
    faded: np.ndarray
    unmet: np.ndarray
    met: np.ndarray
    crisis_new: np.ndarray
    crisis_carried: np.ndarray
    crisis_faded: np.ndarray
    crisis_unmet: np.ndarray
    crisis_met: np.ndarray
    aftermath_made: np.ndarray
    aftermath_scars: np.ndarray
    aftermath_given_up: np.ndarray
    aftermath_open: np.ndarray
    aftermath_met: np.ndarray
    hours_given: np.ndarray
    hours_received: np.ndarray
    goods: np.ndarray
    money: np.ndarray
    counts: np.ndarray

    def __init__(self) -> None:
        by_domain, by_source, by_kind = (len(DOMAINS),), (len(SOURCES), len(DOMAINS)), (len(TIE_KINDS) + 1,)
        shapes = {
            "new": by_domain, "carried": by_domain, "faded": by_domain, "unmet": by_domain, "met": by_source,
            "crisis_new": by_domain, "crisis_carried": by_domain, "crisis_faded": by_domain, "crisis_unmet": by_domain,
            "crisis_met": by_source, "aftermath_made": by_domain, "aftermath_scars": by_domain,
            "aftermath_given_up": by_domain, "aftermath_open": by_domain, "aftermath_met": by_source,
            "hours_given": by_kind, "hours_received": by_kind, "goods": (len(self.GOODS),), "money": (len(self.MONEY),),
            "counts": (len(self.COUNTS),)}
        sizes = {name: prod(shape) for name, shape in shapes.items()}
        self._whole, end = np.zeros(sum(sizes.values()), np.int64), 0
        self._flows: dict[str, np.ndarray] = {}
        for name, shape in shapes.items():
            self._flows[name], end = self._whole[end:end + sizes[name]].reshape(shape), end + sizes[name]
        vars(self).update(self._flows)
        self.help_events: list[HelpEvents] | None = None
        """Who helped whom in this step; None, the usual case, when help is not recorded."""

    def clear(self) -> None:
        """Start a new step."""
        self._whole[:] = 0
        if self.help_events is not None:
            self.help_events = []

    def arrays(self) -> dict[str, np.ndarray]:
        """The flows, by name; not copies."""
        return dict(self._flows)

    def flatten(self) -> np.ndarray:
        """int64[flows]: a copy of all flows, one after the other, in the order in which they stand above."""
        return self._whole.copy()

    def start_recording_help(self) -> None:
        """Record each act of help from now on, for output only: the simulation does not read them."""
        self.help_events = []

    def record_help(self, source: int | np.ndarray, receiver: np.ndarray, amount: np.ndarray, *,
                    giver: np.ndarray | int = -1, asker: np.ndarray | None = None,
                    domain: int | np.ndarray = -1) -> None:
        """Append acts of help, as columns of HelpEvents or one value for all, if help is recorded."""
        if self.help_events is not None:
            size = len(receiver)
            columns = (giver, receiver, receiver if asker is None else asker, source, domain, amount)
            self.help_events.append(HelpEvents(*(np.broadcast_to(np.asarray(column, np.int64), (size,))
                                                 for column in columns)))

    def unmet_share(self) -> float | None:
        """Share of the step's needs that stay unmet; None when there is no need."""
        total = int(self.new.sum() + self.carried.sum() + self.crisis_new.sum() + self.crisis_carried.sum())
        return int(self.unmet.sum() + self.crisis_unmet.sum()) / total if total else None

    def count(self, name: str, by: int = 1) -> None:
        """Add `by` to one of COUNTS."""
        self.counts[self.COUNTS.index(name)] += by

    def add_goods(self, name: str, by: int) -> None:
        """Add `by` to one of GOODS: milli person-days or kits."""
        self.goods[self.GOODS.index(name)] += by
